// ajv as a contender: compiled schemas over the tree of JSON.parse, from bytes as all start. Speaks the lines of Worker.java.
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');

const modules = process.argv[2];
const Ajv = require(path.join(modules, 'ajv/dist/2020.js'));
const formats = require(path.join(modules, 'ajv-formats'));

const BATCH = 64;
const loaded = new Map();

// The CPU time of the main thread alone, as for the others; without it, that of the process.
function used() {
  try {
    return Number(fs.readFileSync('/proc/self/task/' + process.pid + '/schedstat', 'latin1').split(' ')[0]);
  } catch (absent) {
    const usage = process.cpuUsage();
    return (usage.user + usage.system) * 1000;
  }
}

function load(name, schema, document) {
  const ajv = new Ajv({ strict: false, validateFormats: true });
  formats(ajv);
  const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')));
  const bytes = fs.readFileSync(document);
  loaded.set(name, { validate, bytes });
  return validate(JSON.parse(bytes.toString())) ? 'ok' : 'refuses ' + name + ': ' + JSON.stringify(validate.errors[0]);
}

function run({ validate, bytes }, nanos) {
  const start = used();
  const until = process.hrtime.bigint() + BigInt(2 * nanos);
  let documents = 0;
  let cost = 0;
  while (cost < nanos && process.hrtime.bigint() < until) {
    for (let i = 0; i < BATCH; i++) {
      if (!validate(JSON.parse(bytes.toString()))) {
        return 'another verdict than before';
      }
    }
    documents += BATCH;
    cost = used() - start;
  }
  return cost / documents + ' NaN';
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const words = line.split(' ');
  try {
    console.log(words[0] === 'load' ? load(words[1], words[2], words[3]) : run(loaded.get(words[1]), Number(words[2]) * 1e6));
  } catch (wrong) {
    console.log('cannot: ' + String(wrong.message).split('\n')[0]);
  }
});
