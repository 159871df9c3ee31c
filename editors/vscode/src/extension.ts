import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { Cases } from './cases';
import { Marks } from './marks';
import { listenToMessages, warn } from './messages';
import { answerFromModels, askForKey, sendKey } from './model';
import { PYTHON } from './program';
import { Server } from './server';
import { Status } from './status';
import { Testing } from './testing';

const VERBS = ['generate', 'regenerate', 'verify', 'run', 'strength', 'skeleton', 'refactor', 'transcript'];
const OURS = ['server', 'coverage']; // settings that the server has no use for
const YAML = 'redhat.vscode-yaml';
const has = (extension: string) => vscode.extensions.getExtension(extension) !== undefined;
const companions = () => [PYTHON, YAML].filter(has).join();

export function activate(context: vscode.ExtensionContext) {
  const { secrets, subscriptions } = context;
  const log = vscode.window.createOutputChannel('redfirst', { log: true });
  const marks = new Marks();
  const cases = new Cases();
  const status = new Status(cases);
  const server: Server = new Server(path.join(context.extensionPath, 'server', 'start.py'), log, {
    onStart: (client) => {
      marks.listen(client);
      cases.listen(client);
      listenToMessages(client);
      answerFromModels(client);
    },
    onReady: async (client) => {
      status.running(true);
      void vscode.commands.executeCommand('setContext', 'redfirst.running', true); // else the walkthrough would open itself
      await sendKey(secrets, client);
      lookHere();
      const found = await client.sendRequest<{ sandbox: { level: string } }>('redfirst.status', {});
      status.sandbox(found.sandbox.level);
    },
    onStop: () => {
      marks.clear();
      cases.clear();
      status.running(false);
    },
    middleware: middleware(() => server, log),
    hasYamlServer: () => vscode.workspace.getConfiguration('redfirst').get<boolean | null>('yaml_server') ?? has(YAML),
  });
  const testing = new Testing(() => server.client, cases);
  const lookHere = () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId === 'yaml') {
      void cases.look(document.uri.toString());
    }
    status.draw();
  };
  const command = (name: string, action: () => unknown) => vscode.commands.registerCommand(`redfirst.client.${name}`, action);
  const settings = (query: string, page = 'openSettings') => vscode.commands.executeCommand(`workbench.action.${page}`, { query });
  let known = companions();
  subscriptions.push(
    log, marks, status, testing, server,
    ...VERBS.map((verb) => command(verb, () => ask(server, verb))),
    command('restart', () => server.restart()),
    command('log', () => log.show()),
    // What is of a machine stands, where that is not the person's own, on a page of its own.
    command('settings', () => settings('redfirst.server.path', vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings')),
    command('interpreter', () => (has(PYTHON) ? vscode.commands.executeCommand('python.setInterpreter') : settings('redfirst.python'))),
    command('key', () => askForKey(secrets)),
    command('status', async () => {
      const found = await server.client?.sendRequest('redfirst.status', { uri: vscode.window.activeTextEditor?.document.uri.toString() });
      log.info(found === undefined ? 'The server is not running.' : JSON.stringify(found, null, 2));
      log.show();
    }),
    command('marks', () => {
      const ours = vscode.workspace.getConfiguration('redfirst');
      return ours.update('coverage.marks', !ours.get('coverage.marks'), vscode.ConfigurationTarget.Global);
    }),
    cases.onChange(() => status.draw()),
    secrets.onDidChange(() => sendKey(secrets, server.client)),
    vscode.window.onDidChangeActiveTextEditor(lookHere),
    vscode.window.onDidChangeVisibleTextEditors(() => marks.draw()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    vscode.extensions.onDidChange(() => {
      if (known !== (known = companions())) {
        void server.restart();
      }
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      marks.draw();
      if (change.affectsConfiguration('redfirst.server')) {
        void server.restart();
      }
    }),
  );
  void server.restart();
  return { cases, marks, server, status, testing };
}

async function ask(server: Server, verb: string): Promise<unknown> {
  await server.last;
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  if (server.client === undefined || uri === undefined) {
    return vscode.window.showWarningMessage(server.client ? 'redfirst: open a spec or its tests first.' : 'redfirst: the server is not running.');
  }
  return vscode.commands.executeCommand(`redfirst.${verb}`, { uri });
}

function middleware(server: () => Server, log: vscode.LogOutputChannel): Middleware {
  return {
    executeCommand: async (command, args, next) => {
      const { client } = server();
      try {
        return await next(command, args);
      } catch (failure) {
        log.warn(`${command}: ${String(failure)}`);
        await server().last;
        const now = server().client;
        if (now !== undefined && now !== client) { // it was restarted meanwhile: what was asked is not forgotten
          return vscode.commands.executeCommand(command, ...args);
        }
        if (now?.isRunning()) { // else its end was told
          void warn(`redfirst: ${failure instanceof Error ? failure.message : String(failure)}`);
        }
      }
    },
    workspace: {
      configuration: async (params, token, next) => {
        const answers = await next(params, token);
        return Array.isArray(answers) ? answers.map((answer, at) => (params.items[at]?.section === 'redfirst' ? forServer(answer) : answer)) : answers;
      },
    },
  };
}

function forServer(settings: Record<string, unknown>): Record<string, unknown> {
  const passed = Object.entries(settings ?? {}).filter(([name]) => !OURS.includes(name));
  return { ...Object.fromEntries(passed), yaml_server: settings?.yaml_server ?? has(YAML) };
}
