// Stands in for an extension that brings a language model: it answers with a file, as code without anything around it.
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const MODEL = { id: 'family-9', name: 'Family 9', family: 'family', version: '9', maxInputTokens: 100_000, maxOutputTokens: 10_000, capabilities: {} };

exports.activate = ({ subscriptions }) => {
  subscriptions.push(vscode.lm.registerLanguageModelChatProvider('redfirst-tests', {
    provideLanguageModelChatInformation: () => [MODEL],
    provideLanguageModelChatResponse: async (_model, _messages, _options, progress) => {
      progress.report(new vscode.LanguageModelTextPart(fs.readFileSync(path.join(process.env.STORY, 'good.py'), 'utf8')));
    },
    provideTokenCount: async () => 1,
  }));
};
