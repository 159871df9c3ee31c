// Starts and stops the server: one at a time, in the order in which it was asked.
import * as os from 'node:os';
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, type LanguageClientOptions, type Middleware } from 'vscode-languageclient/node';
import { Environments, findProgram, Unusable, type Program } from './program';

const SELECTOR = [
  { scheme: 'file', language: 'yaml' },
  { scheme: 'file', language: 'python' },
  { scheme: 'file', pattern: '**/pyproject.toml' },
];
const AGAIN = ['Restart Server', 'redfirst.client.restart'] as const;

export interface Listener {
  onStart(client: LanguageClient): void;
  onReady(client: LanguageClient): Promise<void>;
  onStop(): void;
  middleware: Middleware;
  /** Known from the start, or the server would first say what the other says. */
  hasYamlServer(): boolean;
}

export class Server implements vscode.Disposable {
  client: LanguageClient | undefined;
  /** Over when every start and stop that was asked for is. */
  last: Promise<void> = Promise.resolve();
  private isWaiting = false;
  private readonly environments: Environments;

  constructor(private readonly shipped: string, private readonly log: vscode.LogOutputChannel, private readonly listener: Listener) {
    this.environments = new Environments(() => this.restart(), log);
  }

  /** Many wishes while one is waiting are one. */
  restart(): Promise<void> {
    if (!this.isWaiting) {
      this.isWaiting = true;
      this.last = this.last.then(async () => {
        this.isWaiting = false;
        await this.stop();
        await this.start();
      });
    }
    return this.last;
  }

  async dispose(): Promise<void> {
    this.environments.dispose();
    this.last = this.last.then(() => this.stop());
    return this.last;
  }

  private async start(): Promise<void> {
    let client: LanguageClient | undefined;
    try {
      const program = await findProgram(this.shipped, this.environments, this.log);
      this.log.info(`${[program.command, ...program.args].join(' ')}: from ${program.reason}`);
      client = this.client = this.clientOf(program);
      this.listener.onStart(client);
      await client.start();
      this.listener.onReady(client).catch((failure: unknown) => this.log.warn(String(failure)));
    } catch (failure) {
      if (client === this.client) { // else the end of the process was told already
        this.tell(failure);
      }
    }
  }

  private clientOf(program: Program): LanguageClient {
    const run = { command: program.command, args: [...program.args, 'lsp'], options: { cwd: os.homedir() } };
    const client = new LanguageClient('redfirst', 'redfirst', run, this.options());
    client.registerFeature({
      fillClientCapabilities: (capabilities) => {
        const ours = { coverage: true, cases: true, complete: vscode.lm !== undefined };
        capabilities.experimental = { ...(capabilities.experimental as object), redfirst: ours };
      },
      initialize: () => undefined,
      getState: () => ({ kind: 'static' }),
      clear: () => undefined,
    });
    return client;
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.listener.onStop();
    await client?.dispose().catch((failure: unknown) => this.log.warn(String(failure)));
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: SELECTOR,
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never, // or each request to a server that died is a message
      initializationOptions: { trusted: vscode.workspace.isTrusted, yaml_server: this.listener.hasYamlServer() },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.listener.onStop();
          if (this.client !== undefined) { // nobody has stopped it
            this.tell(new Unusable('The server has stopped. What was shown is gone until it runs again.', AGAIN));
          }
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      middleware: this.listener.middleware,
    };
  }

  private tell(failure: unknown): void {
    this.client = undefined;
    this.log.error(String(failure));
    const known = failure instanceof Unusable ? failure : new Unusable(`The server does not start: ${String(failure)}`, AGAIN);
    const actions = Object.fromEntries([known.help, AGAIN, ['Show Log', 'redfirst.client.log']]);
    void vscode.window.showErrorMessage(`redfirst: ${known.message}`, ...Object.keys(actions)).then((chosen) => {
      if (chosen !== undefined) {
        void vscode.commands.executeCommand(actions[chosen] as string);
      }
    });
  }
}
