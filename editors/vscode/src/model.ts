// Secrets and models are the editor's: the key of its secret store, and a model that another extension brings.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

const KEY = 'redfirst.key';

interface Asked {
  readonly instructions: string;
  readonly messages: readonly { role: 'user' | 'assistant'; text: string }[];
  readonly schema: object | null;
}

export async function askForKey(secrets: vscode.SecretStorage): Promise<void> {
  const prompt = 'API key for the provider `anthropic`. It is kept in the secret store of your editor; leave it empty to forget it.';
  const key = await vscode.window.showInputBox({ title: 'redfirst: API key', prompt, password: true, ignoreFocusOut: true });
  if (key !== undefined) {
    await (key === '' ? secrets.delete(KEY) : secrets.store(KEY, key));
  }
}

/** Also when there is none: then the server forgets the one that it has. */
export async function sendKey(secrets: vscode.SecretStorage, client: LanguageClient | undefined): Promise<void> {
  await client?.sendNotification('redfirst/key', { key: (await secrets.get(KEY)) ?? null });
}

export function answerFromModels(client: LanguageClient): void {
  client.onRequest('redfirst/complete', async ({ instructions, messages, schema }: Asked, token: vscode.CancellationToken) => {
    const [model] = await vscode.lm.selectChatModels();
    if (model === undefined) {
      throw new Error('No extension of this editor offers a language model.');
    }
    const wish = schema === null ? '' : `\n\nAnswer with nothing but JSON that fits this schema:\n${JSON.stringify(schema)}`;
    const { User, Assistant } = vscode.LanguageModelChatMessage;
    const said = messages.map(({ role, text }) => (role === 'user' ? User(text) : Assistant(text)));
    const justification = 'redfirst writes tests from the spec.';
    const answer = await model.sendRequest([User(instructions + wish), ...said], { justification }, token);
    let text = '';
    for await (const part of answer.text) {
      text += part;
    }
    return { text, model: model.id, stopReason: 'end_turn', inputTokens: null, outputTokens: null };
  });
}
