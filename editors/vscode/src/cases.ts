// What the server knows of specs and their cases, asked for again when it says that something changed.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Place } from './marks';

export interface Case {
  readonly id: string;
  readonly text: string;
  readonly range: Place;
  readonly test: string | null;
  readonly verdict: string | null;
  readonly outcome: 'green' | 'red' | null;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly message: string | null;
  readonly failure: { uri: string; range: Place } | null;
}

export interface Spec {
  readonly uri: string;
  readonly function: string;
  readonly testUri: string | null;
  readonly codeUri: string | null;
  readonly message: string | null;
  readonly cases: readonly Case[];
}

export class Cases {
  readonly specs = new Map<string, Spec>();
  /** Whether all specs are asked for, or only those that were. */
  private everything = false;
  private client: LanguageClient | undefined;
  private readonly due = new Set<string | null>();
  private isBusy = false;
  private answered: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onChange = this.changed.event;

  listen(client: LanguageClient): void {
    this.begin(client);
    client.onNotification('redfirst/casesChanged', ({ uri }: { uri: string | null }) => {
      if (uri === null && !this.everything) {
        [...this.specs.keys()].forEach((known) => void this.look(known));
      } else {
        void this.look(uri);
      }
    });
  }

  /** The newest of a spec, or of all. */
  async look(uri: string | null): Promise<void> {
    this.everything ||= uri === null;
    this.due.add(uri);
    if (!this.isBusy && this.client !== undefined) {
      this.isBusy = true;
      this.answered = this.ask(this.client);
    }
    return this.answered;
  }

  clear(): void {
    this.begin(undefined);
    this.specs.clear();
    this.changed.fire();
  }

  /** A server that was killed may leave a question without an answer: nobody waits for it any more. */
  private begin(client: LanguageClient | undefined): void {
    this.client = client;
    this.isBusy = false;
    this.due.clear();
  }

  private async ask(client: LanguageClient): Promise<void> {
    while (this.due.size > 0 && client === this.client) {
      const uri = this.due.has(null) ? null : [...this.due][0] as string;
      this.due.delete(uri);
      const found = await client.sendRequest<Spec[]>('redfirst/cases', uri === null ? {} : { uri }).catch(() => undefined);
      if (found !== undefined && client === this.client) {
        [...this.specs.keys()].filter((known) => uri === null || uri === known).forEach((known) => this.specs.delete(known));
        found.forEach((spec) => this.specs.set(spec.uri, spec));
        this.changed.fire();
      }
    }
    if (client === this.client) {
      this.isBusy = false;
    }
  }
}
