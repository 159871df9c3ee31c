// usage: node vscode_browser.mjs PORT WORKSPACE TESTS PICTURES EXTENSION
// Opens VS Code in a browser, lets it run TESTS in the extension host, and looks at the screen where a test asks for it.
import fs from 'node:fs';
import { open } from './vscode_page.mjs';

const [, , port, workspace, tests, pictures, extension] = process.argv;
const browser = await open(pictures);
const { page } = browser;
const patience = Number(process.env.REDFIRST_PATIENCE ?? 180_000);

/** A test writes what it wants to see and finds the answer in a file: the browser's side and the extension host share nothing else. */
async function look({ answer, selector, text, count, picture, click, type, key }) {
  try {
    const found = page.locator(selector, text === undefined ? {} : { hasText: text });
    if (count === undefined) {
      await found.first().waitFor({ state: 'attached', timeout: 0.8 * patience });
    }
    await browser.picture(picture);
    const seen = await found.count();
    if (click) {
      await found.first().click({ timeout: patience });
    }
    if (type !== undefined) {
      await page.keyboard.type(type);
    }
    if (key !== undefined) {
      await page.keyboard.press(key);
    }
    fs.writeFileSync(`${answer}.new`, String(seen));
  } catch (failure) {
    await browser.picture(`failed-${picture}`).catch(() => undefined);
    fs.writeFileSync(`${answer}.new`, `not seen: ${String(failure.message).split('\n')[0]}`);
  }
  fs.renameSync(`${answer}.new`, answer);
}

let finish;
const finished = new Promise((resolve) => { finish = resolve; });
await page.exposeFunction('codeAutomationLog', (type, said) => {
  const words = said.map(String).join(' ');
  const asked = /^LOOK (.*)$/s.exec(words);
  if (asked) {
    void look(JSON.parse(asked[1]));
  } else if (/^(ok|NOT OK|VS Code:| {2})/.test(words)) {
    console.log(words);
  }
});
await page.exposeFunction('codeAutomationExit', (status) => finish(status));
const remote = `vscode-remote://127.0.0.1:${port}`;
const payload = [['extensionDevelopmentPath', remote + extension], ['extensionTestsPath', remote + tests], ['skipWelcome', 'true']];
await page.goto(`http://127.0.0.1:${port}/?folder=${workspace}&payload=${encodeURIComponent(JSON.stringify(payload))}`);

const limit = new Promise((resolve) => { setTimeout(() => resolve('no end within half an hour'), 1_800_000).unref(); });
const status = await Promise.race([finished, limit]);
if (status !== 0) {
  console.log('VS Code ended with', status);
  await browser.picture('failed-at-the-end').catch(() => undefined);
}
process.exit(await browser.close() && status === 0 ? 0 : 1);
