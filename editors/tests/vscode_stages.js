// Stages of a story: one after the other, the first that fails ends it.
const assert = require('node:assert/strict');
const Mocha = require('mocha');
const { PATIENCE } = require('./vscode_window');

/** What is expected and is not among the stages fails. */
function tell(stages, expected = []) {
  const mocha = new Mocha({ timeout: 5 * PATIENCE, bail: true, reporter: Report });
  for (const [name, check] of Object.entries(stages)) {
    mocha.suite.addTest(new Mocha.Test(name, check));
  }
  for (const name of expected.filter((each) => !(each in stages))) {
    mocha.suite.addTest(new Mocha.Test(name, () => assert.fail('not tried')));
  }
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} failed`))));
  });
}

class Report {
  constructor(runner) {
    runner.on('pass', ({ title }) => console.log(`ok - ${title}`));
    runner.on('fail', ({ title }, failure) => console.log(`NOT OK - ${title}\n  ${failure.stack}`));
    runner.on('end', () => console.log(`VS Code: ${runner.stats.passes} passed, ${runner.stats.failures} failed`));
  }
}

module.exports = { tell };
