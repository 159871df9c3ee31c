// The processes below the extension host.
const fs = require('node:fs');

const read = (name) => {
  try {
    return fs.readFileSync(name, 'utf8');
  } catch {
    return ''; // the process has ended since
  }
};
const pids = () => fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
const stat = (pid) => /\) (\w) (\d+)/.exec(read(`/proc/${pid}/stat`)) ?? [];
const childrenOf = (pid) => pids().filter((each) => stat(each)[2] === pid);
const family = (pid) => [pid, ...childrenOf(pid).flatMap(family)];
const isGone = (pid) => ['Z', undefined].includes(stat(pid)[1]);
const servers = () => childrenOf(String(process.pid)).filter((pid) => read(`/proc/${pid}/cmdline`).split('\0').includes('lsp') && !isGone(pid));

module.exports = { family, isGone, read, servers };
