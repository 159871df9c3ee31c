// One language status item: how the cases of the spec in front of the person stand. What is not known is never shown as good.
import * as vscode from 'vscode';
import type { Cases, Spec } from './cases';

export class Status implements vscode.Disposable {
  readonly item = vscode.languages.createLanguageStatusItem('redfirst', [{ language: 'yaml' }, { language: 'python' }]);
  private isRunning = false;

  constructor(private readonly cases: Cases) {
    this.item.name = 'redfirst';
    this.item.command = { command: 'redfirst.client.status', title: 'Status' };
    this.draw();
  }

  running(isRunning: boolean): void {
    this.isRunning = isRunning;
    this.draw();
  }

  sandbox(level: string): void {
    this.item.detail = `sandbox: ${level}`;
  }

  draw(): void {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const here = (told: string | null) => told !== null && vscode.Uri.parse(told).toString() === uri;
    const specs = [...this.cases.specs.values()].filter((spec) => [spec.uri, spec.testUri, spec.codeUri].some(here));
    const cases = specs.flatMap((spec) => spec.cases);
    const known = cases.filter(({ verdict }) => verdict !== null).length;
    const red = cases.filter(({ verdict }) => verdict === 'red').length;
    const text = this.isRunning ? summary(specs) : 'not running';
    if (known > red) {
      this.show('error', text, vscode.LanguageStatusSeverity.Error);
    } else if (this.isRunning && red > 0 && red === cases.length) {
      this.show('pass', text);
    } else {
      this.show('question', text);
    }
  }

  dispose(): void {
    this.item.dispose();
  }

  private show(icon: string, text: string, severity = vscode.LanguageStatusSeverity.Information): void {
    this.item.text = `$(${icon}) ${text}`;
    this.item.severity = severity;
  }
}

function summary(specs: readonly Spec[]): string {
  const cases = specs.flatMap((spec) => spec.cases);
  const said = (count: number, what: string) => (count > 0 ? [`${count} of ${cases.length} ${what}`] : []);
  const parts = [
    ...said(cases.filter(({ verdict }) => verdict === 'red').length, 'red verified'),
    ...said(cases.filter(({ outcome }) => outcome === 'green').length, 'green'),
  ];
  return parts.length > 0 ? parts.join(', ') : 'not verified';
}
