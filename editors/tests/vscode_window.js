// What tests in the extension host see of the window, and do in it.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const PATIENCE = Number(process.env.REDFIRST_PATIENCE ?? 180_000);
let looks = 0;

async function until(what, condition) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await condition();
    if (found) {
      return found;
    }
    assert.ok(Date.now() < end, `not so in time: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

/** Looks at the screen: waits for what is asked for, takes a picture, says how often it is there, and then clicks or types. */
async function see(picture, selector, more = {}) {
  looks += 1;
  const answer = path.join(process.env.PICTURES, `look-${looks}`);
  console.log(`LOOK ${JSON.stringify({ answer, picture, selector, ...more })}`);
  const said = await until(`an answer to ${picture}`, () => fs.existsSync(answer) && fs.readFileSync(answer, 'utf8'));
  fs.rmSync(answer);
  assert.match(said, /^\d+$/, `${selector} ${more.text ?? ''}: ${said}`);
  return Number(said);
}

async function show(uri) {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

/** In tests VS Code keeps notifications in their list instead of letting them pop up. */
async function toldOnce(picture, text, button) {
  await vscode.commands.executeCommand('notifications.showList');
  const item = '.notifications-center .notification-list-item';
  await see(picture, item, { text });
  assert.equal(await see(picture, item, { count: true }), 1);
  if (button !== undefined) {
    await see(picture, `${item} a.monaco-button`, { text: button, click: true });
  }
  await vscode.commands.executeCommand('notifications.clearAll');
}

function reveal(line) {
  const place = new vscode.Range(line, 0, line, 0);
  vscode.window.activeTextEditor.revealRange(place, vscode.TextEditorRevealType.InCenter);
}

async function change(uri, ...edits) {
  const edit = new vscode.WorkspaceEdit();
  edits.forEach(([range, text]) => edit.replace(uri, range, text));
  await vscode.workspace.applyEdit(edit);
}

/** What a command proposes is looked at before it is discarded or applied; the command's answer. */
async function decide(asked, picture, answer, unchanged) {
  const isApplied = answer === 'apply';
  await see(picture, '.bulk-edit-panel .monaco-list-row .edit-checkbox', isApplied ? { click: true } : {});
  unchanged();
  await vscode.commands.executeCommand(`refactorPreview.${answer}`);
  const result = await asked;
  assert.equal(Boolean(result?.written), isApplied);
}

const saveAll = () => until('all is saved', async () => {
  await vscode.workspace.saveAll(false);
  return vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty);
});

const at = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);
const codes = (uri) => vscode.languages.getDiagnostics(uri).map(({ code: each }) => each?.value ?? each);
const command = (verb) => vscode.commands.executeCommand(`redfirst.client.${verb}`);
const settings = () => vscode.workspace.getConfiguration('redfirst');

module.exports = { PATIENCE, at, change, codes, command, decide, reveal, saveAll, see, settings, show, toldOnce, until };
