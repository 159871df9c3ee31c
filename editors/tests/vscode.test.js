// Runs in VS Code's extension host: the packaged extension with the real server, on the worked example.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');
const { family, isGone, read, servers } = require('./vscode_processes');
const { tell } = require('./vscode_stages');
const { at, change, codes, command, decide, reveal, saveAll, see, settings, show, toldOnce, until } = require('./vscode_window');

const FOLDER = process.env.STORY; // holds `project`, `keyless`, `retry.py`, which is to be written, `old-redfirst` and `new-redfirst`
const spec = at('specs/retry.yml');
const code = at('payments/retry.py');
const tests = at('tests/test_plan_retry.py');
const RAISES = 'raise ValueError("attempt';

let extension;

const findings = (uri) => vscode.languages.getDiagnostics(uri).map(({ range, message }) => `${range.start.line} ${message}`).sort().join('\n');
const lineWith = (document, text) => document.getText().split('\n').findIndex((line) => line.includes(text));
const whole = (document) => new vscode.Range(0, 0, document.lineCount, 0);
const note = () => extension.marks.notes.get(code.toString());
const inside = (ranges, line) => ranges.some(({ start, end }) => start.line <= line && line <= end.line);
const runs = () => until('the server runs', () => extension.server.client?.isRunning());
const looksGreen = () => note() !== undefined || extension.cases.specs.size > 0 || !/^\$\(question\)/.test(extension.status.item.text);
// A server that is busy is given two seconds to end itself before it is ended.
const nothingRuns = () => until('no server and nothing green', () => servers().length === 0 && !looksGreen());
const gapIs = (reach) => (document) => note() && !note().stale && inside(note()[reach], lineWith(document, RAISES));

async function actionAt(uri, range, title) {
  const found = await until(`the action ${title}`, async () => {
    const actions = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range);
    return actions.find((action) => action.title.includes(title));
  });
  assert.ok(await vscode.workspace.applyEdit(found.edit));
}

async function hints(document) {
  const found = await vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, whole(document));
  return found.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join(''))).join(' | ');
}

const stages = {
  'files that are not ours are left alone': async () => {
    extension = await vscode.extensions.getExtension('redfirst.redfirst').activate();
    await runs();
    const { document } = await show(at('notes.yml'));
    const { document: module } = await show(at('payments/__init__.py'));
    await show(spec);
    await until('the spec has its diagnostics', () => codes(spec).length > 0);
    assert.deepEqual([...codes(document.uri), ...codes(module.uri)], []);
  },

  'a broken line is underlined': async () => {
    const { document } = await show(spec);
    const found = await until('RF102', () => vscode.languages.getDiagnostics(spec).find(() => codes(spec).includes('RF102')));
    assert.equal(found.range.start.line, lineWith(document, 'edge_case:'));
    reveal(found.range.start.line);
    await see('01-broken-line', '.monaco-editor .squiggly-error');
  },

  'overlapping restarts leave one server and the same findings': async () => {
    const before = findings(spec);
    const [first] = servers();
    let seed = 7;
    const random = (below) => { seed = (seed * 48271) % 2147483647; return seed % below; };
    const wishes = [
      () => command('restart'),
      () => settings().update('server.path', random(2) ? '' : undefined, true),
      () => settings().update('code_lens', random(2) === 0, true),
      () => extension.server.client?.sendNotification('redfirst/trust', { trusted: random(2) === 0 }).catch(() => undefined),
    ];
    const asked = [];
    for (let turn = 0; turn < 50; turn += 1) {
      asked.push(wishes[random(wishes.length)]());
      await new Promise((resolve) => { setTimeout(resolve, random(40)); });
    }
    await Promise.all(asked);
    await settings().update('server.path', undefined, true);
    await settings().update('code_lens', undefined, true);
    await command('restart');
    await runs();
    await until('one new server with the same findings', () => servers().length === 1 && servers()[0] !== first && findings(spec) === before);
  },

  'a quick fix mends it': async () => {
    const { document } = await show(spec);
    await actionAt(spec, vscode.languages.getDiagnostics(spec)[0].range, 'Write `edge_cases`');
    await until('the line is whole', () => lineWith(document, 'edge_cases:') >= 0 && !codes(spec).includes('RF102'));
    await saveAll();
    reveal(0);
    await see('02-mended', '.codelens-decoration a', { text: 'Generate tests' });
  },

  'a folder that cannot be written to is said once': async () => {
    await show(spec);
    fs.chmodSync(at('tests').fsPath, 0o555);
    const result = await command('generate');
    // What an editor cannot save it keeps open: the tests are there, but not on the disk.
    const saved = result?.written && await vscode.workspace.saveAll(false);
    await toldOnce('03-read-only', 'test_plan_retry.py');
    assert.ok(!saved && !fs.existsSync(tests.fsPath));
    fs.chmodSync(at('tests').fsPath, 0o755);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  },

  'a key that is missing is said once': async () => {
    const { document } = await show(vscode.Uri.file(path.join(FOLDER, 'keyless/specs/retry.yml')));
    await until('the spec is known', () => extension.cases.specs.has(document.uri.toString()));
    await command('generate');
    assert.ok(!/✓/.test(await hints(document)));
    const sent = [];
    const { client } = extension.server;
    const send = client.sendNotification.bind(client);
    client.sendNotification = (method, params) => { sent.push({ method, params }); return send(method, params); };
    await toldOnce('04-key-missing', 'ANTHROPIC_API_KEY', 'Set API Key');
    await see('05-key', '.quick-input-widget input[type=password]', { type: 'a key', key: 'Enter' });
    await until('the key is sent', () => sent.some(({ method, params }) => method === 'redfirst/key' && params.key === 'a key'));
    client.sendNotification = send;
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  },

  'generate writes the tests': async () => {
    await show(spec);
    const result = await command('generate');
    assert.equal(result.ok, true);
    await saveAll();
    assert.ok(fs.existsSync(tests.fsPath));
  },

  'verdicts stand at the cases': async () => {
    const { document } = await show(spec);
    await command('verify');
    await until('a red verdict', async () => (await hints(document)).includes('EC-backoff ✓ red'));
    reveal(lineWith(document, 'EC-backoff'));
    await see('06-verdicts', '.view-line', { text: '✓ red' });
    await until('the status', () => /^\$\(pass\) 8 of 8 red verified/.test(extension.status.item.text));
    await until('the sandbox', () => /^sandbox: \w+/.test(extension.status.item.detail));
  },

  'the skeleton starts the module': async () => {
    await show(spec);
    const result = await command('skeleton');
    assert.equal(result.ok, true);
    const { document } = await show(code);
    assert.ok(lineWith(document, 'raise NotImplementedError') > 0);
  },

  'marks change when the module is saved': async () => {
    const { document } = await show(code);
    await saveAll();
    await until('the skeleton is run', () => note() && inside(note().covered, lineWith(document, 'raise NotImplementedError')));
    await change(code, [whole(document), fs.readFileSync(path.join(FOLDER, 'retry.py'), 'utf8')]);
    await saveAll();
    await until('the gap', () => gapIs('uncovered')(document) && inside(note().partial, lineWith(document, RAISES) - 1));
    const line = lineWith(document, RAISES);
    reveal(line);
    for (const theme of ['Default Light Modern', 'Default High Contrast', 'Default Dark Modern']) {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, true);
      const base = { Light: '.vs', High: '.hc-black', Dark: '.vs-dark' }[theme.split(' ')[1]];
      await see(`07-marks-${theme.split(' ')[1].toLowerCase()}`, `.monaco-workbench${base} .view-overlays [class*=ced-]`);
    }
    await command('marks');
    await see('08-marks-hidden', '.monaco-editor', { count: true });
    await until('the switch', () => settings().get('coverage.marks') === false);
    await command('marks');
  },

  'a gap is listed': async () => {
    const { document } = await show(code);
    const gap = note().gaps.find(({ range }) => range.start.line === lineWith(document, RAISES));
    assert.match(gap.text, /never/);
  },

  'marks are stale after a change': async () => {
    const { document } = await show(code);
    await change(code, [document.lineAt(0).range, '"""Another text."""']);
    await until('stale marks', () => note().stale);
    await see('09-stale', '.view-overlays [class*=ced-]');
    await vscode.commands.executeCommand('undo');
    await until('fresh marks', () => !note().stale);
    await saveAll();
  },

  'a case is added for the gap': async () => {
    const { document } = await show(code);
    await actionAt(code, document.lineAt(lineWith(document, RAISES)).range, 'Add a case for this gap');
    const { document: text } = await show(spec);
    await until('the case', () => lineWith(text, 'when `attempt < 1` ->') > 0);
  },

  'the tests are stale': async () => {
    const { document } = await show(spec);
    const { range } = document.lineAt(lineWith(document, 'when `attempt < 1` ->'));
    await change(spec, [range, [
      '  - case: when `attempt < 1` -> raise ValueError("attempt counts from 1")',
      '    examples:',
      '      - call: plan_retry([], 0, RetryPolicy(3, 200, 1000))',
      '        raises: ValueError("attempt counts from 1")',
    ].join('\n')]);
    await saveAll();
    await until('RF502', () => codes(spec).includes('RF502'));
    reveal(0);
    await see('10-stale-tests', '.monaco-editor .squiggly-warning');
  },

  'regenerate asks before it replaces': async () => {
    const { document } = await show(tests);
    await change(tests, [new vscode.Range(document.lineCount, 0, document.lineCount, 0), '# by hand\n']);
    await saveAll();
    const before = document.getText();
    await show(spec);
    const unchanged = () => assert.equal(document.getText(), before, 'changed unasked');
    await decide(command('regenerate'), '11-regenerate', 'discard', unchanged);
    await decide(command('regenerate'), '12-regenerate', 'apply', unchanged);
    assert.ok(document.getText().includes('match=') && !document.getText().includes('# by hand'));
    await saveAll();
  },

  'the gap is closed and the gate holds': async () => {
    await show(spec);
    const result = await command('run');
    assert.equal(result.ok, true);
    const { document } = await show(code);
    await until('the line is reached', () => gapIs('covered')(document) && note().gate.holds);
    await until('the lens', async () => {
      const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', code, 10);
      return lenses.some((lens) => /9 of 9 cases green.*holds/.test(lens.command?.title ?? ''));
    });
    await see('13-closed', '.view-overlays [class*=ced-]');
    await until('the status', () => extension.status.item.text === '$(pass) 9 of 9 red verified, 9 of 9 green');
  },

  'cases are tests of the editor': async () => {
    const { document } = await show(code);
    const text = document.getText();
    await change(code, [whole(document), text.replace('base_delay_ms *', 'base_delay_ms +')]);
    await saveAll();
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await until('the cases', () => extension.testing.controller.items.get(spec.toString())?.children.size === 9);
    await vscode.commands.executeCommand('testing.runAll');
    await see('14-tests', '.test-explorer .codicon-testing-failed-icon');
    await see('14-tests', '.test-output-peek-tree .monaco-list-row', { text: 'mixed results', click: true });
    await see('15-expected-and-actual', '.monaco-diff-editor');
    await change(code, [whole(document), text]);
    await saveAll();
    await vscode.commands.executeCommand('testing.coverageAll');
    await show(code);
    reveal(lineWith(document, RAISES));
    await see('16-native-coverage', '.coverage-deco-gutter');
    await see('17-green', '.test-explorer .codicon-testing-passed-icon');
    await vscode.commands.executeCommand('testing.coverage.close').then(undefined, () => undefined);
    await vscode.commands.executeCommand('workbench.view.explorer');
  },

  'a server that dies leaves no mark': async () => {
    await show(code);
    await until('marks', () => note() && looksGreen());
    process.kill(Number(servers()[0]), 'SIGKILL');
    await until('no mark', () => !looksGreen());
    await toldOnce('18-server-died', 'The server has stopped', 'Restart Server');
    await runs();
  },

  'a server killed in the middle of a run leaves nothing behind': async () => {
    const { document } = await show(code);
    const gate = path.join(FOLDER, 'begun');
    const line = document.lineAt(lineWith(document, RAISES) - 1).range;
    await change(code, [line, `    open(${JSON.stringify(gate)}, "w").close()\n    while True: pass\n${document.getText(line)}`]);
    await saveAll();
    await show(spec);
    const asked = vscode.commands.executeCommand('redfirst.run', { uri: spec.toString() });
    await until('the run has begun', () => fs.existsSync(gate));
    const all = family(servers()[0]);
    process.kill(Number(all[0]), 'SIGKILL');
    await asked;
    await until('nothing is left', () => all.every(isGone) && !looksGreen());
    await toldOnce('19-killed', 'The server has stopped', 'Show Log');
    await see('19-log', '.output-view, .panel .monaco-editor');
  },

  'a server that is missing is said once': async () => {
    await settings().update('server.path', '/nowhere/redfirst', true);
    await command('restart');
    assert.equal(extension.server.client, undefined);
    await vscode.commands.executeCommand('notifications.clearAll');
    await Promise.all([command('restart'), command('restart')]);
    await toldOnce('20-server-missing', 'was not found', 'Settings');
    await see('20-server-missing-settings', '.settings-editor .setting-item-label', { text: 'Path' });
    await nothingRuns();
  },

  'a server of another version is said once': async () => {
    await settings().update('server.path', path.join(FOLDER, 'old-redfirst'), true);
    await command('restart');
    await vscode.commands.executeCommand('notifications.clearAll');
    await command('restart');
    await nothingRuns();
    fs.copyFileSync(path.join(FOLDER, 'new-redfirst'), path.join(FOLDER, 'old-redfirst')); // as the message says: update it
    await toldOnce('21-server-old', 'or newer is needed', 'Restart Server');
    await runs();
  },

  'a server comes with the extension': async () => {
    const { PATH } = process.env;
    process.env.PATH = path.join(FOLDER, 'pythons');
    await settings().update('server.path', undefined, true);
    await command('restart');
    await vscode.commands.executeCommand('notifications.clearAll');
    await command('restart');
    await nothingRuns();
    await toldOnce('22-python-old', 'Python 3.11 or newer is needed', 'Select Interpreter');
    await see('22-python-old-settings', '.settings-editor .setting-item-label', { text: 'Python' });
    fs.renameSync(path.join(FOLDER, 'python-new'), path.join(FOLDER, 'pythons/python'));
    await command('restart');
    await runs();
    process.env.PATH = PATH;
    await show(spec);
    await until('the spec is known', () => extension.cases.specs.has(spec.toString()));
    assert.match(read(`/proc/${servers()[0]}/cmdline`), /server\/start\.py/);
  },
};

module.exports = { run: () => tell(stages, JSON.parse(fs.readFileSync(path.join(__dirname, 'expected.json'), 'utf8'))) };
