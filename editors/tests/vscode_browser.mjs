// usage: node vscode_browser.mjs PORT WORKSPACE EXTENSION TESTS PICTURES
// Opens VS Code in a browser, lets it run TESTS in the extension host, and looks at the screen where a test asks for it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';

const { chromium } = createRequire(`${process.env.CODE}/`)('playwright-core');
const [, , port, workspace, extension, tests, pictures] = process.argv;

const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: '/usr/bin/chromium',
  headless: true,
  viewport: { width: 1280, height: 800 },
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
});
const page = context.pages()[0] ?? await context.newPage();
const elsewhere = new Set();
page.on('request', (request) => {
  const { protocol, hostname } = new URL(request.url());
  if (/^(http|ws)/.test(protocol) && hostname !== '127.0.0.1') {
    elsewhere.add(hostname);
  }
});

/** A test writes what it wants to see and finds the answer in a file: the browser's side and the extension host share nothing else. */
async function look({ answer, selector, text, count, picture }) {
  try {
    const found = page.locator(selector, text === undefined ? {} : { hasText: text });
    if (count === undefined) {
      await found.first().waitFor({ state: 'attached', timeout: 30_000 });
    }
    await page.screenshot({ path: path.join(pictures, `${picture}.png`) });
    fs.writeFileSync(`${answer}.new`, String(await found.count()));
  } catch (failure) {
    await page.screenshot({ path: path.join(pictures, `failed-${picture}.png`) }).catch(() => undefined);
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

const limit = new Promise((resolve) => { setTimeout(() => resolve('no end within six minutes'), 360_000).unref(); });
const status = await Promise.race([finished, limit]);
if (status !== 0) {
  console.log('VS Code ended with', status);
  await page.screenshot({ path: path.join(pictures, 'failed-at-the-end.png') }).catch(() => undefined);
}
if (elsewhere.size > 0) {
  console.log('NOT OK - asked for other machines:', [...elsewhere].join(', '));
}
await context.close();
fs.rmSync(profile, { recursive: true, force: true });
process.exit(status === 0 && elsewhere.size === 0 ? 0 : 1);
