/* SPDX-License-Identifier: Apache-2.0
 * peer.js DOCS.json: the documents through @microsoft/recognizers-text-suite; spans in UTF-8 bytes. */
const fs = require('fs');
const R = require('@microsoft/recognizers-text-suite');
const docs = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const culture = {en: R.Culture.English, es: R.Culture.Spanish, fr: R.Culture.French, pt: R.Culture.Portuguese};
const bytes = (text, end) => Buffer.byteLength(text.slice(0, end), 'utf8');
const number = (v) => v === undefined || v === null ? null : Number(String(v).replace(',', '.'));
const found = {};
for (const l of Object.values(culture)) R.recognizeNumber('1', l); // models are built on first use
const start = process.hrtime.bigint();
for (const d of docs) {
    const c = culture[d.language];
    const all = [];
    const units = [...R.recognizeCurrency(d.text, c), ...R.recognizeDimension(d.text, c), ...R.recognizePercentage(d.text, c), ...R.recognizeAge(d.text, c)];
    for (const m of units)
        all.push([m.start, m.end + 1, number(m.resolution.value), null, m.typeName === 'percentage' ? '%' : m.resolution.unit]);
    for (const m of R.recognizeNumber(d.text, c))
        if (!all.some((u) => m.start < u[1] && m.end + 1 > u[0]))
            all.push([m.start, m.end + 1, number(m.resolution.value), null, '']);
    found[d.id] = all.map(([b, e, v, h, u]) => [bytes(d.text, b), bytes(d.text, e), typeof v === 'number' && isFinite(v) ? v : -1e300, h, u]);
}
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(JSON.stringify({found, seconds}));
