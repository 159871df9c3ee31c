// Specs and their cases in the view of tests. What the server does not know is never shown as passed.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Case, Cases, Spec } from './cases';
import type { Note } from './marks';

type Client = () => LanguageClient | undefined;

export class Testing implements vscode.Disposable {
  readonly controller = vscode.tests.createTestController('redfirst', 'redfirst');

  constructor(private readonly client: Client, private readonly cases: Cases) {
    const { Run, Coverage } = vscode.TestRunProfileKind;
    this.controller.resolveHandler = async (item) => (item === undefined ? cases.look(null) : undefined);
    this.controller.refreshHandler = () => cases.look(null);
    this.controller.createRunProfile('Run', Run, (request, token) => this.run(request, token), true);
    const covering = this.controller.createRunProfile('Run with Coverage', Coverage, (request, token) => this.run(request, token, measure), true);
    covering.loadDetailedCoverage = async (_run, file) => (file instanceof Covered ? file.details : []);
    cases.onChange(() => this.show());
  }

  dispose(): void {
    this.controller.dispose();
  }

  private show(): void {
    const { items } = this.controller;
    items.forEach((item) => (this.cases.specs.has(item.id) ? undefined : items.delete(item.id)));
    for (const spec of this.cases.specs.values()) {
      const uri = vscode.Uri.parse(spec.uri);
      const item = items.get(spec.uri) ?? this.controller.createTestItem(spec.uri, spec.function, uri);
      item.label = spec.function;
      item.description = vscode.workspace.asRelativePath(uri);
      item.children.replace(spec.cases.map((each) => this.itemOf(each, uri, item)));
      items.add(item);
      const unknown = spec.cases.filter(({ outcome }) => outcome === null).flatMap(({ id }) => item.children.get(id) ?? []);
      this.controller.invalidateTestResults(unknown); // what came of another text is not shown as if it were of this one
    }
  }

  private itemOf(each: Case, uri: vscode.Uri, parent: vscode.TestItem): vscode.TestItem {
    const item = parent.children.get(each.id) ?? this.controller.createTestItem(each.id, each.text, uri);
    item.label = each.text;
    item.description = each.test === null ? 'no test yet' : each.verdict ?? 'not verified';
    item.range = rangeOf(each.range);
    return item;
  }

  /** Tests of one spec run together: the whole spec is asked for, what was not asked for is not reported. */
  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken, after?: typeof measure): Promise<void> {
    const run = this.controller.createTestRun(request);
    try {
      const wanted = wantedOf(request, this.controller.items);
      wanted.forEach((items) => items.forEach((item) => run.enqueued(item)));
      const codes = new Set<string>();
      for (const [uri, items] of wanted) {
        if (token.isCancellationRequested) {
          break;
        }
        items.forEach((item) => run.started(item));
        const spec = await this.runSpec(uri, token).catch((failure: unknown) => String(failure));
        items.forEach((item) => report(run, item, spec));
        if (typeof spec !== 'string' && spec.codeUri !== null) {
          codes.add(spec.codeUri);
        }
      }
      await Promise.all([...codes].map((code) => after?.(run, code, this.client())));
    } finally {
      run.end();
    }
  }

  private async runSpec(uri: string, token: vscode.CancellationToken): Promise<Spec | string> {
    const client = this.client();
    if (client === undefined) {
      return 'The server is not running.';
    }
    const known = this.cases.specs.get(uri);
    if (known?.testUri === null) {
      return known;
    }
    const ran = await client.sendRequest('workspace/executeCommand', { command: 'redfirst.run', arguments: [{ uri }] }, token);
    const [spec] = await client.sendRequest<Spec[]>('redfirst/cases', { uri });
    return ran === null || spec === undefined ? 'Nothing was run.' : spec;
  }
}

function wantedOf(request: vscode.TestRunRequest, items: vscode.TestItemCollection): Map<string, vscode.TestItem[]> {
  const wanted = new Map<string, vscode.TestItem[]>();
  const all = (collection: Iterable<[string, vscode.TestItem]>) => [...collection].map(([, item]) => item);
  for (const item of (request.include ?? all(items)).flatMap((each) => (each.parent ? [each] : all(each.children)))) {
    const spec = item.parent as vscode.TestItem;
    if (!request.exclude?.some((excluded) => excluded === item || excluded === spec)) {
      wanted.set(spec.id, [...(wanted.get(spec.id) ?? []), item]);
    }
  }
  return wanted;
}

function report(run: vscode.TestRun, item: vscode.TestItem, spec: Spec | string): void {
  if (typeof spec === 'string') {
    return run.errored(item, new vscode.TestMessage(spec));
  }
  const found = spec.cases.find(({ id }) => id === item.id);
  const message = found && messageOf(found);
  run.appendOutput(`${found?.id ?? item.id}: ${found?.outcome ?? found?.message ?? 'not run'}\r\n`.replace(/\r?\n/g, '\r\n'), undefined, item);
  if (found?.outcome === 'green') {
    run.passed(item);
  } else if (found?.outcome === 'red') {
    run.failed(item, message ?? new vscode.TestMessage('It fails.'));
  } else if (found?.test && (message || spec.message)) {
    run.errored(item, message ?? new vscode.TestMessage(spec.message ?? ''));
  } else {
    run.skipped(item);
  }
}

function messageOf({ message, expected, actual, failure }: Case): vscode.TestMessage | undefined {
  if (message === null) {
    return undefined;
  }
  const told = expected !== null && actual !== null ? vscode.TestMessage.diff(message, expected, actual) : new vscode.TestMessage(message);
  told.location = failure ? new vscode.Location(vscode.Uri.parse(failure.uri), rangeOf(failure.range)) : undefined;
  return told;
}

class Covered extends vscode.FileCoverage {
  constructor(uri: string, note: Note) {
    super(vscode.Uri.parse(uri), count(note.lines), count(note.branches));
    const forks = new Map(note.forks.map((fork) => [fork.line, fork]));
    const lines = (['covered', 'partial', 'uncovered'] as const).flatMap((reach) => note[reach].flatMap(({ start, end }) =>
      Array.from({ length: end.line - start.line + 1 }, (_, at) => ({ line: start.line + at, ran: reach !== 'uncovered' }))));
    this.details = lines.map(({ line, ran }) => {
      const { taken, total } = forks.get(line) ?? { taken: 0, total: 0 };
      const place = new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER);
      const branches = Array.from({ length: total }, (_, at) => new vscode.BranchCoverage(at < taken, place));
      return new vscode.StatementCoverage(ran, place, branches);
    });
  }

  readonly details: vscode.StatementCoverage[];
}

async function measure(run: vscode.TestRun, code: string, client: LanguageClient | undefined): Promise<void> {
  const note = await client?.sendRequest<Note | null>('redfirst/coverage', { uri: code }).catch(() => null);
  if (note && !note.stale) {
    run.addCoverage(new Covered(code, note));
  }
}

const count = ({ reached, total }: { reached: number; total: number }) => new vscode.TestCoverageCount(reached, total);
const rangeOf = ({ start, end }: Case['range']) => new vscode.Range(start.line, start.character, end.line, end.character);
