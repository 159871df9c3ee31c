// Coverage marks: a thin bar before each line and one in the overview ruler. The line's style tells them apart without colour.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

export type Place = { start: { line: number; character: number }; end: { line: number; character: number } };
const REACHES = ['uncovered', 'partial', 'covered'] as const;
type Reach = (typeof REACHES)[number];

export interface Note extends Record<Reach, Place[]> {
  readonly uri: string;
  readonly stale: boolean;
  readonly gaps: { range: Place; text: string }[];
  readonly lines: { reached: number; total: number };
  readonly branches: { reached: number; total: number };
  readonly forks: { line: number; taken: number; total: number }[];
}

const STYLES: Record<Reach, string> = { uncovered: 'double', partial: 'dashed', covered: 'solid' };

const WIDTHS: Record<string, number> = { double: 5, dashed: 4 };

export class Marks implements vscode.Disposable {
  readonly notes = new Map<string, Note>();
  private readonly fresh: Record<Reach, vscode.TextEditorDecorationType>;
  private readonly stale = bar('dotted', 'disabledForeground');

  constructor() {
    const types = REACHES.map((reach) => [reach, bar(STYLES[reach], `redfirst.${reach}`, reach !== 'covered')]);
    this.fresh = Object.fromEntries(types) as Record<Reach, vscode.TextEditorDecorationType>;
  }

  listen(client: LanguageClient): void {
    client.onNotification('redfirst/coverage', (note: Note) => {
      this.notes.set(client.protocol2CodeConverter.asUri(note.uri).toString(), note);
      this.draw();
    });
  }

  clear(): void {
    this.notes.clear();
    this.draw();
  }

  draw(): void {
    const wanted = vscode.workspace.getConfiguration('redfirst').get('coverage.marks', true);
    for (const editor of vscode.window.visibleTextEditors) {
      const note = wanted ? this.notes.get(editor.document.uri.toString()) : undefined;
      for (const reach of REACHES) {
        editor.setDecorations(this.fresh[reach], note && !note.stale ? options(note, reach) : []);
      }
      editor.setDecorations(this.stale, note?.stale ? REACHES.flatMap((reach) => options(note, reach)) : []);
    }
  }

  dispose(): void {
    [this.stale, ...Object.values(this.fresh)].forEach((type) => type.dispose());
  }
}

function bar(style: string, color: string, inRuler = false): vscode.TextEditorDecorationType {
  const themed = new vscode.ThemeColor(color);
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderStyle: style,
    borderWidth: `0 0 0 ${WIDTHS[style] ?? 2}px`,
    borderColor: themed,
    ...(inRuler ? { overviewRulerColor: themed, overviewRulerLane: vscode.OverviewRulerLane.Left } : {}),
  });
}

function options(note: Note, reach: Reach): vscode.DecorationOptions[] {
  return note[reach].map(({ start, end }) => ({ range: new vscode.Range(start.line, 0, end.line, 0) }));
}
