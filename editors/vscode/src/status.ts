// One language status item: how the tests of the spec stand. What is not known is never shown as good.
import * as vscode from 'vscode';

const ALL_RED = /^\d+ red$/;
const SOME_NOT = /^\d+ /;

export class Status implements vscode.Disposable {
  readonly item = vscode.languages.createLanguageStatusItem('redfirst', [{ language: 'yaml' }, { language: 'python' }]);

  constructor() {
    this.item.name = 'redfirst';
    this.item.command = { command: 'redfirst.client.status', title: 'Status' };
    this.unknown('not running');
  }

  unknown(why: string): void {
    this.show('question', why, vscode.LanguageStatusSeverity.Information);
  }

  /** `summary` is what the server's lens above the function says. */
  verdicts(summary: string): void {
    if (ALL_RED.test(summary)) {
      this.show('pass', `${summary}: every test fails where it must`, vscode.LanguageStatusSeverity.Information);
    } else if (SOME_NOT.test(summary)) {
      this.show('error', summary, vscode.LanguageStatusSeverity.Error);
    } else {
      this.unknown(summary);
    }
  }

  sandbox(level: string): void {
    this.item.detail = `sandbox: ${level}`;
  }

  dispose(): void {
    this.item.dispose();
  }

  private show(icon: string, text: string, severity: vscode.LanguageStatusSeverity): void {
    this.item.text = `$(${icon}) ${text}`;
    this.item.severity = severity;
  }
}
