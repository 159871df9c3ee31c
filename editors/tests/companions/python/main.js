// Stands in for the Python extension: what it tells other extensions of environments, in the words of its public API.
const path = require('node:path');
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const changed = new vscode.EventEmitter();
  const pathOf = (id) => path.join(process.env.STORY, id, 'bin', 'python');
  let id = 'env-a';
  subscriptions.push(changed, vscode.commands.registerCommand('python.setInterpreter', () => {
    id = 'env-b';
    changed.fire({ id, path: pathOf(id), resource: undefined });
  }));
  return {
    environments: {
      onDidChangeActiveEnvironmentPath: changed.event,
      getActiveEnvironmentPath: () => ({ id, path: pathOf(id) }),
      resolveEnvironment: async (environment) => ({ ...environment, executable: { uri: vscode.Uri.file(environment.path) } }),
    },
  };
};
