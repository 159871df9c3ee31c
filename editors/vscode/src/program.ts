// Where the server's program is. Of a workspace that is not trusted nothing is asked or started.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

const OLDEST = '0.1.0';
const OLDEST_PYTHON = '3.11';
export const PYTHON = 'ms-python.python';
const suffix = process.platform === 'win32' ? '.exe' : '';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly reason: string;
}

/** What a person is told in one message, and the command that helps, by the name that it has on the button. */
export class Unusable extends Error {
  constructor(message: string, readonly help: readonly [string, string] = ['Settings', 'redfirst.client.settings']) { super(message); }
}

/** `shipped` is the server that came with the extension; it needs an interpreter only. */
export async function findProgram(shipped: string, environments: Environments, log: vscode.LogOutputChannel): Promise<Program> {
  const set = vscode.workspace.getConfiguration('redfirst').inspect<string>('server.path')?.globalValue;
  if (set) {
    return checked({ command: set, args: [], reason: 'the setting redfirst.server.path' });
  }
  const interpreter = await environments.selected();
  const beside = interpreter ? [{ folder: path.dirname(interpreter), reason: 'the selected Python environment' }] : [];
  for (const { folder, reason } of [...beside, ...onPath()]) {
    const program = { command: path.join(folder, `redfirst${suffix}`), args: [], reason };
    if (isProgram(program.command)) {
      try {
        return await checked(program);
      } catch (failure) {
        log.info(`passed over: ${String(failure)}`);
      }
    }
  }
  const pythons = ['python3', 'python'].flatMap((name) => onPath().map(({ folder }) => path.join(folder, name + suffix)));
  return withInterpreter(shipped, [...(interpreter ? [interpreter] : []), ...pythons].filter(isProgram));
}

/** The environment that is selected in the Python extension, which may be started, installed or trusted later than this one. */
export class Environments implements vscode.Disposable {
  private listening: vscode.Disposable | undefined;

  constructor(private readonly onChange: () => unknown, private readonly log: vscode.LogOutputChannel) {}

  async selected(): Promise<string | undefined> {
    const python = vscode.workspace.isTrusted ? vscode.extensions.getExtension(PYTHON) : undefined;
    try {
      const environments = (await python?.activate())?.environments;
      this.listening ??= environments?.onDidChangeActiveEnvironmentPath(this.onChange);
      const active = environments?.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
      return (await environments?.resolveEnvironment(active))?.executable.uri?.fsPath;
    } catch (failure) {
      this.log.warn(`the Python extension does not say what is selected: ${String(failure)}`);
    }
  }

  dispose(): void {
    this.listening?.dispose();
  }
}

/** `uv tool` and pipx install into the last one, which a desktop may not know. A folder of the workspace may hold anything. */
function onPath(): { folder: string; reason: string }[] {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), path.join(os.homedir(), '.local', 'bin')];
  const inside = (folder: string) => vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)) !== undefined;
  return [...new Set(folders)].filter((folder) => path.isAbsolute(folder) && (vscode.workspace.isTrusted || !inside(folder)))
    .map((folder) => ({ folder, reason: 'PATH' }));
}

function isProgram(candidate: string): boolean {
  try {
    accessSync(candidate, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function says(command: string, args: readonly string[]): Promise<string> {
  const running = promisify(execFile)(command, args, { timeout: 20_000, cwd: os.homedir() });
  running.child.stdin?.end();
  return (await running).stdout.trim();
}

async function checked(program: Program): Promise<Program> {
  if (!isProgram(program.command)) {
    throw new Unusable(`\`${program.command}\` was not found. Install redfirst, or say where it is.`);
  }
  const said = await says(program.command, [...program.args, '--version']).catch((failure: unknown) => {
    throw new Unusable(`\`${program.command}\` does not start: ${String(failure).split('\n')[0]}`);
  });
  const version = /^redfirst (\d+\.\d+\.\d+)/.exec(said)?.[1];
  if (version === undefined || isOlder(version, OLDEST)) {
    throw new Unusable(`redfirst ${OLDEST} or newer is needed; \`${program.command}\` is ${said || 'something else'}. Update it.`);
  }
  return program;
}

async function withInterpreter(shipped: string, pythons: string[]): Promise<Program> {
  const seen: string[] = [];
  for (const python of new Set(pythons)) {
    const version = await says(python, ['-I', '-c', 'import sys; print("%d.%d" % sys.version_info[:2])']).catch(() => '0');
    if (!isOlder(version, OLDEST_PYTHON)) {
      return checked({ command: python, args: ['-I', shipped], reason: `the server of the extension, on Python ${version}` });
    }
    seen.push(`\`${python}\` is ${version}`);
  }
  const found = seen.length > 0 ? `; ${seen.join(', ')}` : ', and none was found';
  throw new Unusable(`Python ${OLDEST_PYTHON} or newer is needed${found}.`, ['Select Interpreter', 'redfirst.client.interpreter']);
}

const isOlder = (version: string, other: string) => version.localeCompare(other, undefined, { numeric: true }) < 0;
