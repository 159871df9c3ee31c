// Runs in VS Code's extension host: the packaged extension with the real server, on the worked example.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const Mocha = require('mocha');
const vscode = require('vscode');

const root = vscode.workspace.workspaceFolders[0].uri;
const at = (name) => vscode.Uri.joinPath(root, name);
const spec = at('specs/retry.yml');
const code = at('payments/retry.py');
const codeKey = code.toString();
const RAISES = 'raise ValueError("attempt';
const LIMIT = 60_000;

let extension;
let looks = 0;

async function until(what, condition) {
  const end = Date.now() + LIMIT;
  for (;;) {
    const found = await condition();
    if (found) {
      return found;
    }
    assert.ok(Date.now() < end, `not so within a minute: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

/** Looks at the screen: waits for what is asked for, takes a picture, and says how often it is there. */
async function see(picture, selector, more = {}) {
  looks += 1;
  const answer = path.join(process.env.PICTURES, `look-${looks}`);
  console.log(`LOOK ${JSON.stringify({ answer, picture, selector, ...more })}`);
  const said = await until(`an answer to ${picture}`, () => fs.existsSync(answer) && fs.readFileSync(answer, 'utf8'));
  assert.match(said, /^\d+$/, `${selector} ${more.text ?? ''}: ${said}`);
  return Number(said);
}

async function show(uri) {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

/** In tests VS Code keeps notifications in their list instead of letting them pop up. */
async function toldOnce(picture, text) {
  await vscode.commands.executeCommand('notifications.showList');
  const item = '.notifications-center .notification-list-item';
  await see(picture, item, { text });
  assert.equal(await see(picture, item, { count: true }), 1);
  await vscode.commands.executeCommand('notifications.clearAll');
}

function reveal(line) {
  const place = new vscode.Range(line, 0, line, 0);
  vscode.window.activeTextEditor.revealRange(place, vscode.TextEditorRevealType.InCenter);
}

const codes = (uri) => vscode.languages.getDiagnostics(uri).map(({ code: each }) => each?.value ?? each);
const lineWith = (document, text) => document.getText().split('\n').findIndex((line) => line.includes(text));
const command = (verb) => vscode.commands.executeCommand(`redfirst.client.${verb}`);
const saveAll = () => until('all is saved', async () => {
  await vscode.workspace.saveAll(false);
  return vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty);
});
const note = () => extension.marks.notes.get(codeKey);
const inside = (ranges, line) => ranges.some(({ start, end }) => start.line <= line && line <= end.line);
const settings = () => vscode.workspace.getConfiguration('redfirst');

async function hints(document) {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, all);
  return found.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join(''))).join(' | ');
}

/** The processes of our servers: children of this one. */
function servers() {
  return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      const parent = /^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1];
      const words = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return Number(parent) === process.pid && words.includes('lsp') && words.some((word) => word.endsWith('redfirst'));
    } catch {
      return false; // it has ended since
    }
  });
}

const stages = {
  'files that are not ours are left alone': async () => {
    extension = await vscode.extensions.getExtension('redfirst.redfirst').activate();
    await until('the server runs', () => extension.server.client?.isRunning());
    const { document } = await show(at('notes.yml'));
    await show(spec);
    await until('the spec has its diagnostics', () => codes(spec).length > 0);
    assert.deepEqual(codes(document.uri), []);
  },

  'a broken line is underlined': async () => {
    const { document } = await show(spec);
    const found = await until('RF102', () => vscode.languages.getDiagnostics(spec).find(() => codes(spec).includes('RF102')));
    assert.equal(found.range.start.line, lineWith(document, 'edge_case:'));
    reveal(found.range.start.line);
    await see('1-broken-line', '.monaco-editor .squiggly-error');
  },

  'a quick fix mends it': async () => {
    const { document } = await show(spec);
    const { range } = vscode.languages.getDiagnostics(spec)[0];
    const actions = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', spec, range, 'quickfix');
    const fix = actions.find(({ title }) => title.includes('Write `edge_cases`'));
    assert.ok(fix, actions.map(({ title }) => title).join(', '));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await until('the line is whole', () => lineWith(document, 'edge_cases:') >= 0 && !codes(spec).includes('RF102'));
    await saveAll();
    reveal(0);
    await see('2-mended', '.codelens-decoration a', { text: 'Generate tests' });
  },

  'generate writes the tests': async () => {
    await show(spec);
    const result = await command('generate');
    assert.equal(result.ok, true);
    await saveAll();
    assert.ok(fs.existsSync(at('tests/test_plan_retry.py').fsPath));
  },

  'verdicts stand at the cases': async () => {
    const { document } = await show(spec);
    await command('verify');
    await until('a red verdict', async () => (await hints(document)).includes('EC-backoff ✓ red'));
    reveal(lineWith(document, 'EC-backoff'));
    await see('3-verdicts', '.view-line', { text: '✓ red' });
    reveal(0); // the summary is resolved when it comes into sight
    await until('the status', () => /^\$\(pass\) 8 red/.test(extension.status.item.text));
    await until('the sandbox', () => /^sandbox: \w+/.test(extension.status.item.detail));
  },

  'run marks lines that no test reaches': async () => {
    await show(spec);
    await command('run');
    const { document } = await show(code);
    const gap = lineWith(document, RAISES);
    await until('the gap', () => note() && inside(note().uncovered, gap) && inside(note().partial, gap - 1));
    reveal(gap);
    await see('4-coverage-marks', '.view-overlays [class*=ced-]');
    await vscode.workspace.getConfiguration('workbench').update('colorTheme', 'Default Light Modern', true);
    await see('4-coverage-marks-light', '.monaco-workbench.vs .view-overlays [class*=ced-]');
    await vscode.workspace.getConfiguration('workbench').update('colorTheme', 'Default Dark Modern', true);
  },

  'a gap is listed': async () => {
    const { document } = await show(code);
    const gap = note().gaps.find(({ range }) => range.start.line === lineWith(document, RAISES));
    assert.match(gap.text, /never/);
  },

  'marks are stale after a change': async () => {
    const { document } = await show(code);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(code, document.lineAt(0).range, '"""Another text."""');
    await vscode.workspace.applyEdit(edit);
    await until('stale marks', () => note().stale);
    await see('5-stale', '.view-overlays [class*=ced-]');
    await vscode.commands.executeCommand('undo');
    await until('fresh marks', () => !note().stale);
  },

  'a new case closes the gap': async () => {
    const { document } = await show(spec);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(spec, new vscode.Position(lineWith(document, 'errors:') + 1, 0), [
      '  - case: attempt below one -> raise ValueError("attempt counts from 1")',
      '    examples:',
      '      - call: plan_retry([], 0, RetryPolicy(3, 200, 1000))',
      '        raises: ValueError("attempt counts from 1")',
      '', '',
    ].join('\n'));
    await vscode.workspace.applyEdit(edit);
    await saveAll();
    await command('generate');
    await saveAll();
    await show(spec);
    const result = await command('run');
    assert.equal(result.ok, true);
    const { document: module } = await show(code);
    await until('the line is reached', () => !note().stale && inside(note().covered, lineWith(module, RAISES)));
    await see('6-closed', '.view-overlays [class*=ced-]');
  },

  'a restart leaves one server': async () => {
    const [before] = servers();
    await Promise.all([command('restart'), command('restart'), settings().update('server.path', '', true), command('restart')]);
    await command('restart');
    await until('one new server', () => servers().length === 1 && servers()[0] !== before && extension.server.client?.isRunning());
  },

  'a server that dies leaves no mark': async () => {
    await show(spec);
    await command('run');
    await show(code);
    await until('marks', () => note());
    process.kill(Number(servers()[0]), 'SIGKILL');
    await until('no mark', () => !note());
    await toldOnce('7-server-died', 'The server has stopped');
    assert.match(extension.status.item.text, /^\$\(question\)/);
  },

  'a server that is missing is said once': async () => {
    await settings().update('server.path', '/nowhere/redfirst', true);
    await until('the server is gone', () => extension.server.client === undefined);
    await toldOnce('8-server-missing', 'was not found');
    assert.deepEqual(servers(), []);
    await settings().update('server.path', undefined, true);
    await until('it runs again', () => extension.server.client?.isRunning());
  },
};

function run() {
  const mocha = new Mocha({ timeout: 3 * LIMIT, bail: true, reporter: Report });
  for (const [name, check] of Object.entries(stages)) {
    mocha.suite.addTest(new Mocha.Test(name, check));
  }
  for (const name of JSON.parse(fs.readFileSync(path.join(__dirname, 'expected.json'), 'utf8'))) {
    if (!(name in stages)) {
      mocha.suite.addTest(new Mocha.Test(name, () => assert.fail('not tried')));
    }
  }
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} failed`))));
  });
}

class Report {
  constructor(runner) {
    runner.on('pass', ({ title }) => console.log(`ok - ${title}`));
    runner.on('fail', ({ title }, failure) => console.log(`NOT OK - ${title}\n  ${failure.stack}`));
    runner.on('end', () => console.log(`VS Code: ${runner.stats.passes} passed, ${runner.stats.failures} failed`));
  }
}

module.exports = { run };
