// Stands in for the YAML extension: it says of one key what that would say by the schema of specs.
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const found = vscode.languages.createDiagnosticCollection('yaml');
  const look = (document) => {
    if (document.languageId === 'yaml') {
      const lines = document.getText().split('\n').map((text, line) => ({ text, line })).filter(({ text }) => /^edge_case:/.test(text));
      found.set(document.uri, lines.map(({ text, line }) => {
        const said = new vscode.Diagnostic(new vscode.Range(line, 0, line, text.length), 'Property edge_case is not allowed.');
        said.source = 'YAML';
        return said;
      }));
    }
  };
  vscode.workspace.textDocuments.forEach(look);
  subscriptions.push(
    found,
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
};
