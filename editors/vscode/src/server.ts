// Starts and stops the server: one at a time, in the order in which it was asked.
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, type LanguageClientOptions, type Middleware } from 'vscode-languageclient/node';
import { findProgram, Unusable } from './program';

const SELECTOR = [
  { scheme: 'file', language: 'yaml' },
  { scheme: 'file', language: 'python' },
  { scheme: 'file', pattern: '**/pyproject.toml' },
];

export interface Listener {
  onStart(client: LanguageClient): void;
  onReady(client: LanguageClient): Promise<void>;
  onStop(): void;
  middleware: Middleware;
}

export class Server implements vscode.Disposable {
  client: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();
  private isWaiting = false;

  constructor(private readonly log: vscode.LogOutputChannel, private readonly listener: Listener) {}

  /** Many wishes while one is waiting are one. */
  restart(): Promise<void> {
    if (!this.isWaiting) {
      this.isWaiting = true;
      this.last = this.last.then(async () => {
        this.isWaiting = false;
        await this.stop();
        await this.start().catch((failure: unknown) => this.tell(failure));
      });
    }
    return this.last;
  }

  async dispose(): Promise<void> {
    this.last = this.last.then(() => this.stop());
    return this.last;
  }

  private async start(): Promise<void> {
    const program = await findProgram();
    this.log.info(`${program.path}, from ${program.reason}`);
    const client = new LanguageClient('redfirst', 'redfirst', { command: program.path, args: ['lsp'] }, this.options());
    client.registerFeature({
      fillClientCapabilities: (capabilities) => {
        capabilities.experimental = { ...(capabilities.experimental as object), redfirst: { coverage: true } };
      },
      initialize: () => undefined,
      getState: () => ({ kind: 'static' }),
      clear: () => undefined,
    });
    this.client = client;
    this.listener.onStart(client);
    await client.start();
    this.listener.onReady(client).catch((failure: unknown) => this.log.warn(String(failure)));
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
      initializationOptions: { trusted: vscode.workspace.isTrusted },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.listener.onStop();
          this.tell(new Unusable('The server has stopped. What was shown is gone until it runs again.'));
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      middleware: this.listener.middleware,
    };
  }

  private tell(failure: unknown): void {
    this.client = undefined;
    this.log.error(String(failure));
    const message = failure instanceof Unusable ? failure.message : `The server does not start: ${String(failure)}`;
    const actions = { 'Try Again': 'redfirst.client.restart', Settings: 'redfirst.client.settings', Log: 'redfirst.client.log' };
    void vscode.window.showErrorMessage(`redfirst: ${message}`, ...Object.keys(actions)).then((chosen) => {
      if (chosen !== undefined) {
        void vscode.commands.executeCommand(actions[chosen as keyof typeof actions]);
      }
    });
  }
}
