// What the server tells a person, with a button where this editor has something that helps.
import * as vscode from 'vscode';
import { MessageType, ShowMessageNotification, type LanguageClient } from 'vscode-languageclient/node';

const HELP = [
  ['ANTHROPIC_API_KEY', 'Set API Key', 'redfirst.client.key'],
  ['not trusted', 'Manage Trust', 'workbench.trust.manage'],
] as const;

export function listenToMessages(client: LanguageClient): void {
  client.onNotification(ShowMessageNotification.type, ({ type, message }) => {
    void (type > MessageType.Warning ? vscode.window.showInformationMessage(message) : warn(message));
  });
}

export async function warn(message: string): Promise<void> {
  const [, action, command] = HELP.find(([word]) => message.includes(word)) ?? [];
  const chosen = await vscode.window.showWarningMessage(message, ...(action === undefined ? [] : [action]));
  if (chosen !== undefined && command !== undefined) {
    await vscode.commands.executeCommand(command);
  }
}
