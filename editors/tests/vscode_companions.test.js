// Runs in VS Code's extension host: the packaged extension beside others, which stand in for those that cannot be had here, and a model.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');
const { read, servers } = require('./vscode_processes');
const { tell } = require('./vscode_stages');
const { at, change, codes, command, decide, saveAll, see, settings, show, until } = require('./vscode_window');

const FOLDER = process.env.STORY; // holds `project`, `url`, `good.py`, `better.py`, `env-a` and `env-b`
const spec = at('specs/total.yml');
const code = at('shop/total.py');
const tests = at('tests/test_total.py');
const told = (name) => fs.readFileSync(path.join(FOLDER, name), 'utf8');
const sources = () => vscode.languages.getDiagnostics(spec).filter(({ message }) => message.includes('edge_case')).map(({ source }) => source).sort().join();
const serverOf = (environment) => until(`one server, of ${environment}`, () =>
  extension.server.client?.isRunning() && servers().length === 1 && read(`/proc/${servers()[0]}/environ`).split('\0').includes(`ENVIRONMENT=${environment}`));

let extension;

const stages = {
  'the server is that of the selected environment': async () => {
    extension = await vscode.extensions.getExtension('redfirst.redfirst').activate();
    await serverOf('env-a');
  },

  'another interpreter is another server': async () => {
    await command('interpreter');
    await serverOf('env-b');
  },

  'what a YAML server says is not said twice': async () => {
    const { document } = await show(spec);
    const line = document.getText().split('\n').findIndex((each) => each.startsWith('edge_cases:'));
    const { range } = document.lineAt(line);
    await change(spec, [range, 'edge_case:']);
    await until('the server knows of the other', async () => (await extension.server.client.sendRequest('redfirst.status', {})).settings.yaml_server);
    await until('it is said once', () => sources() === 'YAML');
    await settings().update('yaml_server', false, true);
    await until('both say it', () => sources() === 'YAML,redfirst');
    await settings().update('yaml_server', undefined, true);
    await until('it is said once again', () => sources() === 'YAML');
    await change(spec, [document.lineAt(line).range, 'edge_cases:']);
    await until('it is mended', () => sources() === '');
    await saveAll();
  },

  'a model of another extension writes the tests': async () => {
    const [model] = await until('the model', async () => {
      const models = await vscode.lm.selectChatModels();
      return models.length > 0 && models;
    });
    await settings().update('provider', 'editor', true);
    await show(spec);
    const result = await command('generate');
    assert.equal(result?.written, true, JSON.stringify(result));
    await saveAll();
    const [header] = read(tests.fsPath).split('import pytest');
    assert.ok(header.includes('editor') && header.includes(model.id), header);
  },

  'a model behind a key changes the code once a person agrees': async () => {
    await settings().update('provider', 'anthropic', true);
    await settings().update('base_url', told('url'), true);
    await settings().update('model', 'model-a', true);
    const asked = command('key');
    await see('30-key', '.quick-input-widget input[type=password]', { type: 'a key', key: 'Enter' });
    await asked;
    await show(spec);
    const ran = await command('run');
    assert.equal(ran?.ok, true, JSON.stringify(ran));
    const { document } = await show(code);
    const before = document.getText();
    const unchanged = () => assert.equal(document.getText(), before, 'changed unasked');
    await decide(command('refactor'), '31-refactor', 'discard', unchanged);
    await decide(command('refactor'), '32-refactor', 'apply', unchanged);
    assert.equal(document.getText(), told('better.py'));
    await saveAll();
  },

  'the last conversation with a model is opened': async () => {
    await show(spec);
    await command('transcript');
    await until('the transcript', () => {
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      return text.includes('model-a') && text.includes('return sum(prices)');
    });
    assert.deepEqual(codes(spec), []);
  },
};

module.exports = { run: () => tell(stages) };
