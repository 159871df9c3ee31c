// Where the server's program is. Of a workspace that is not trusted nothing is asked or started.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

export const OLDEST = '0.1.0';
const name = process.platform === 'win32' ? 'redfirst.exe' : 'redfirst';

export interface Program {
  readonly path: string;
  readonly reason: string;
}

/** What a person is told in one message. */
export class Unusable extends Error {}

export async function findProgram(): Promise<Program> {
  const tried = await candidates();
  const program = tried.find(({ path }) => isProgram(path));
  if (program === undefined) {
    const wanted = tried.length === 1 ? tried[0]?.path : name;
    throw new Unusable(`\`${wanted}\` was not found. Install redfirst, or say where it is.`);
  }
  await checkVersion(program);
  return program;
}

async function candidates(): Promise<Program[]> {
  const set = vscode.workspace.getConfiguration('redfirst').inspect<string>('server.path')?.globalValue;
  if (set) {
    return [{ path: set, reason: 'the setting redfirst.server.path' }];
  }
  const interpreter = vscode.workspace.isTrusted ? await selectedInterpreter() : undefined;
  const beside = interpreter === undefined ? [] : [{ path: path.join(path.dirname(interpreter), name), reason: 'the selected Python environment' }];
  return [...beside, ...onPath().map((folder) => ({ path: path.join(folder, name), reason: 'PATH' }))];
}

async function selectedInterpreter(): Promise<string | undefined> {
  const python = vscode.extensions.getExtension('ms-python.python');
  const environments = (await python?.activate())?.environments;
  const active = environments?.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
  return (await environments?.resolveEnvironment(active))?.executable.uri?.fsPath;
}

/** A folder of the workspace on PATH may hold anything. */
function onPath(): string[] {
  const inside = (folder: string) => vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)) !== undefined;
  return (process.env.PATH ?? '').split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder) && (vscode.workspace.isTrusted || !inside(folder)));
}

function isProgram(candidate: string): boolean {
  try {
    accessSync(candidate, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function checkVersion(program: Program): Promise<void> {
  let said: string;
  try {
    said = (await promisify(execFile)(program.path, ['--version'], { timeout: 20_000 })).stdout.trim();
  } catch (failure) {
    throw new Unusable(`\`${program.path}\` does not start: ${String(failure).split('\n')[0]}`);
  }
  const version = /^redfirst (\d+\.\d+\.\d+)/.exec(said)?.[1];
  if (version === undefined || version.localeCompare(OLDEST, undefined, { numeric: true }) < 0) {
    throw new Unusable(`redfirst ${OLDEST} or newer is needed; \`${program.path}\` is ${said || 'something else'}. Update it.`);
  }
}
