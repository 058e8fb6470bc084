// SPDX-License-Identifier: Apache-2.0
// node package.js DATAPACKAGE: reads a data package with npm's `datapackage`: its rules, every row, every foreign key.
const path = require('path');
const { Package } = require('datapackage');

async function main(file) {
  const pack = await Package.load(file, { basePath: path.dirname(file) });
  const wrong = pack.errors.map(String);
  for (const part of pack.resources) {
    const rows = await part.read({ keyed: true });
    const related = await part.checkRelations();
    if (related !== true) wrong.push(part.name + ': foreign keys');
    console.log(part.name, rows.length, 'rows');
  }
  if (wrong.length) throw new Error(wrong.join('; '));
}
main(process.argv[2]).catch(e => { console.error(String(e), ...(e.errors || [])); process.exit(1); });
