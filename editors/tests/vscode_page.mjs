// A browser without a screen that reaches no other machine; `close` says whether nothing asked for one.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';

const { chromium } = createRequire(`${process.env.CODE}/`)('playwright-core');

export async function open(pictures) {
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
  page.setDefaultTimeout(180_000); // of everything, also of loading the page and of taking a picture
  const elsewhere = new Set();
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(http|ws)/.test(protocol) && hostname !== '127.0.0.1') {
      elsewhere.add(hostname);
    }
  });
  return {
    page,
    picture: (name) => page.screenshot({ path: path.join(pictures, `${name}.png`) }),
    close: async () => {
      await context.close();
      fs.rmSync(profile, { recursive: true, force: true });
      if (elsewhere.size > 0) {
        console.log('NOT OK - asked for other machines:', [...elsewhere].join(', '));
      }
      return elsewhere.size === 0;
    },
  };
}

/** Runs the steps one after the other; the first that fails ends it. */
export async function story(browser, steps) {
  let held = true;
  for (const [name, step] of Object.entries(steps)) {
    try {
      const said = await step();
      console.log(`ok - ${name}${said ? `: ${said}` : ''}`);
    } catch (failure) {
      console.log(`NOT OK - ${name}\n  ${String(failure.message).split('\n').slice(0, 4).join('\n  ')}`);
      await browser.picture(`failed-${name.replace(/\W+/g, '-')}`).catch(() => undefined);
      held = false;
      break;
    }
  }
  return await browser.close() && held;
}
