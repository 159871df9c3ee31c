import * as vscode from 'vscode';
import type { LanguageClient, Middleware } from 'vscode-languageclient/node';
import { Marks } from './marks';
import { Server } from './server';
import { Status } from './status';

const VERBS = ['generate', 'regenerate', 'verify', 'run', 'strength', 'skeleton'];
const OURS = ['server', 'coverage']; // settings that the server has no use for

export function activate(context: vscode.ExtensionContext): { marks: Marks; status: Status; server: Server } {
  const log = vscode.window.createOutputChannel('redfirst', { log: true });
  const marks = new Marks();
  const status = new Status();
  const server: Server = new Server(log, {
    onStart: (client) => {
      marks.listen(client);
      status.unknown('not verified');
    },
    onReady: async (client) => {
      const found = await client.sendRequest<{ sandbox: { level: string } }>('redfirst.status', {});
      status.sandbox(found.sandbox.level);
    },
    onStop: () => {
      marks.clear();
      status.unknown('not running');
    },
    middleware: middleware(status),
  });
  const command = (name: string, action: () => unknown) => vscode.commands.registerCommand(`redfirst.client.${name}`, action);
  context.subscriptions.push(
    log, marks, status, server,
    ...VERBS.map((verb) => command(verb, () => ask(server.client, verb))),
    command('restart', () => server.restart()),
    command('log', () => log.show()),
    command('settings', () => vscode.commands.executeCommand('workbench.action.openSettings', 'redfirst.server.path')),
    command('status', async () => {
      const found = await server.client?.sendRequest('redfirst.status', { uri: vscode.window.activeTextEditor?.document.uri.toString() });
      log.info(found === undefined ? 'The server is not running.' : JSON.stringify(found, null, 2));
      log.show();
    }),
    command('marks', () => {
      const settings = vscode.workspace.getConfiguration('redfirst');
      return settings.update('coverage.marks', !settings.get('coverage.marks'), vscode.ConfigurationTarget.Global);
    }),
    vscode.window.onDidChangeVisibleTextEditors(() => marks.draw()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      void server.client?.sendNotification('redfirst/trust', { trusted: true });
      if (server.client === undefined) {
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
  return { marks, status, server };
}

async function ask(client: LanguageClient | undefined, verb: string): Promise<unknown> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  const offered = client?.initializeResult?.capabilities.executeCommandProvider?.commands ?? [];
  if (client === undefined || uri === undefined) {
    return vscode.window.showWarningMessage(client ? 'redfirst: open a spec or its tests first.' : 'redfirst: the server is not running.');
  }
  if (!offered.includes(`redfirst.${verb}`)) {
    return vscode.window.showWarningMessage(`redfirst: this server has no \`${verb}\` yet.`);
  }
  return client.sendRequest('workspace/executeCommand', { command: `redfirst.${verb}`, arguments: [{ uri }] });
}

function middleware(status: Status): Middleware {
  return {
    workspace: {
      configuration: async (params, token, next) => {
        const answers = await next(params, token);
        return Array.isArray(answers) ? answers.map((answer, at) => (params.items[at]?.section === 'redfirst' ? forServer(answer) : answer)) : answers;
      },
    },
    resolveCodeLens: async (lens, token, next) => {
      const resolved = await next(lens, token);
      const data = (lens as { data?: { lens?: string } }).data;
      if (data?.lens === 'summary' && resolved?.command !== undefined) {
        status.verdicts(resolved.command.title);
      }
      return resolved;
    },
  };
}

function forServer(settings: Record<string, unknown>): Record<string, unknown> {
  const passed = Object.entries(settings ?? {}).filter(([name]) => !OURS.includes(name));
  const hasYaml = vscode.extensions.getExtension('redhat.vscode-yaml') !== undefined;
  return { ...Object.fromEntries(passed), yaml_server: settings?.yaml_server ?? hasYaml };
}
