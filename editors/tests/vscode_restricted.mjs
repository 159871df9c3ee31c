// usage: node vscode_restricted.mjs PORT WORKSPACE PICTURES
// A workspace full of programs, opened without trust: its specs are checked, and none of the programs is started.
import fs from 'node:fs';
import { open, story } from './vscode_page.mjs';

const [, , port, workspace, pictures] = process.argv;
const browser = await open(pictures);
const { page } = browser;
const wait = { timeout: 180_000 };

async function command(title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().waitFor(wait);
  await page.keyboard.type(title);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor(wait);
  await page.keyboard.press('Enter');
}

const held = await story(browser, {
  'a workspace that is not trusted is checked': async () => {
    await page.goto(`http://127.0.0.1:${port}/?folder=${workspace}`);
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor(wait);
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget input').first().waitFor(wait);
    await page.keyboard.type('retry.yml');
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'retry.yml' }).waitFor(wait);
    await page.keyboard.press('Enter');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({ ...wait, state: 'attached' });
    await browser.picture('restricted');
  },
  'asked to run, it says why it does not': async () => {
    await command('Redfirst: Verify Tests');
    await page.locator('.notification-toast', { hasText: 'not trusted' }).waitFor(wait);
    await browser.picture('restricted-verify');
  },
  'nothing of it was started': async () => {
    if (fs.existsSync(`${workspace}/started`)) {
      throw new Error(fs.readFileSync(`${workspace}/started`, 'utf8'));
    }
  },
});
process.exit(held ? 0 : 1);
