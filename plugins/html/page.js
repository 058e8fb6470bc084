'use strict';
(() => {
  const $ = id => document.getElementById(id);
  const form = $('filter');
  if (!form) return;
  const all = Array.from(document.querySelectorAll('.f'));
  const groups = Array.from(document.querySelectorAll('.group'));
  const rests = Array.from(document.querySelectorAll('.rest'));
  const boxes = Array.from(form.querySelectorAll('input[name=v]'));
  const control = {};
  for (const k of ['q', 's', 'src', 'lang', 'u', 'from', 'to', 'r']) if ($(k)) control[k] = $(k); /* no dates: no from and to */
  const wanted = k => control[k] ? control[k].value : '';
  const idOf = f => f.id.slice(2);

  /* ---- marks: kept in this browser until they are exported ---- */
  const store = 'assay-review';
  let marks = {};
  try { marks = JSON.parse(localStorage.getItem(store) || '{}'); } catch (e) { marks = {}; }
  const save = () => { try { localStorage.setItem(store, JSON.stringify(marks)); } catch (e) { /* a page without storage keeps them until closed */ } };
  /* A mark holds for the state it was made on. */
  const markOf = f => { const m = marks[idOf(f)]; return m && m.state === f.dataset.state ? m : null; };

  function show(f) {
    const m = markOf(f), tags = f.querySelector('.tags');
    let tag = tags.querySelector('.mine');
    if (m && m.mark !== 'note') f.dataset.mark = m.mark; else delete f.dataset.mark;
    if (!m) { if (tag) tag.remove(); } else {
      if (!tag) { tag = document.createElement('span'); tag.className = 'mine'; tags.append(tag); }
      tag.textContent = m.mark === 'note' ? 'noted' : m.mark;
    }
    f.querySelectorAll('.review button[data-m]').forEach(b => b.setAttribute('aria-pressed', String(!!m && m.mark === b.dataset.m)));
  }
  function mark(f, what, note) {
    const old = markOf(f), id = idOf(f);
    if (note === undefined) note = old ? old.note : '';
    if (old && what && old.mark === what && what !== 'note') what = 'note';
    if (!what) what = old ? old.mark : 'note';
    if (what === 'note' && !note) delete marks[id];
    else marks[id] = { finding: id, state: f.dataset.state, mark: what, note: note, by: $('by').value, at: new Date().toISOString() };
    save();
    show(f);
    count();
  }
  function tools(f) {
    if (f.querySelector('.review')) return;
    const div = document.createElement('div');
    div.className = 'review';
    const button = (text, m) => {
      const b = document.createElement('button');
      b.type = 'button';
      b.textContent = text;
      if (m) { b.dataset.m = m; b.setAttribute('aria-pressed', 'false'); b.addEventListener('click', () => mark(f, m)); }
      div.append(b);
      return b;
    };
    button('Accept', 'accepted');
    button('Dismiss', 'dismissed');
    const note = document.createElement('input');
    const m = markOf(f);
    note.placeholder = 'Note';
    note.setAttribute('aria-label', 'Note on this finding');
    note.value = m ? m.note : '';
    note.addEventListener('change', () => mark(f, null, note.value));
    div.append(note);
    button('Copy citation').addEventListener('click', e => copy(cite(f), e.target));
    const link = document.createElement('a');
    link.href = '#f=' + encodeURIComponent(idOf(f));
    link.textContent = 'Link';
    div.append(link);
    f.querySelector('.body').append(div);
    show(f);
  }
  const plain = node => node.textContent.replace(/\s+/g, ' ').trim();
  const cite = f => plain(f.querySelector('h3')) + '\n' + Array.from(f.querySelectorAll('.q')).map(q =>
    '“' + plain(q.querySelector('blockquote')) + '” (' + plain(q.querySelector('cite')) + ')').join('\n');
  function copy(text, button) {
    const done = () => { const was = button.textContent; button.textContent = 'Copied'; setTimeout(() => { button.textContent = was; }, 1200); };
    const by_hand = () => {
      const area = document.createElement('textarea');
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, by_hand); else by_hand();
  }
  function exported() {
    return Object.keys(marks).sort().map(k => JSON.stringify(marks[k])).join('\n') + (Object.keys(marks).length ? '\n' : '');
  }
  $('export').addEventListener('click', () => {
    const a = document.createElement('a');
    a.href = URL.createObjectURL(new Blob([exported()], { type: 'application/jsonl' }));
    a.download = 'review.jsonl';
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
  });

  /* ---- filter ---- */
  const words = new Map();
  const textOf = f => { let t = words.get(f); if (t === undefined) { t = f.textContent.toLowerCase(); words.set(f, t); } return t; };
  function passes(f, w, v) {
    const d = f.dataset, m = markOf(f);
    if (v && !v.has(d.v)) return false;
    if (+d.s > +control.s.value) return false;
    if (control.src.value && !d.src.includes(' ' + control.src.value + ' ')) return false;
    if (control.lang.value && !d.lang.includes(' ' + control.lang.value + ' ')) return false;
    if (wanted('u') && d.u !== wanted('u')) return false;
    if (wanted('from') || wanted('to')) { /* what has no date is in no span of days */
      const [first, last] = (d.d || '/').split('/');
      if (!first || (wanted('from') && last < wanted('from')) || (wanted('to') && first > wanted('to'))) return false;
    }
    if (control.r.value) {
      const state = m && m.mark !== 'note' ? m.mark : d.review === 'accepted' || d.review === 'dismissed' ? d.review : 'open';
      if (state !== control.r.value) return false;
    }
    return w.every(x => textOf(f).includes(x));
  }
  function count() {
    const n = all.filter(f => !f.hidden).length, m = Object.keys(marks).length;
    $('shown').textContent = (n === all.length ? n + ' findings' : n + ' of ' + all.length + ' findings') + (m ? ', ' + m + (m === 1 ? ' mark' : ' marks') : '');
  }
  function filter() {
    const w = control.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const v = boxes.every(b => b.checked) ? null : new Set(boxes.filter(b => b.checked).map(b => b.value));
    for (const f of all) { const hide = !passes(f, w, v); if (f.hidden !== hide) f.hidden = hide; }
    for (const g of groups) g.hidden = !g.querySelector('.f:not([hidden])');
    const active = w.length > 0 || ['src', 'lang', 'u', 'from', 'to', 'r'].some(wanted) || control.s.value !== '3';
    for (const r of rests) { r.hidden = !r.querySelector('.f:not([hidden])'); if (active && !r.hidden) r.open = true; }
    count();
  }
  function toHash() {
    const h = new URLSearchParams();
    for (const k of Object.keys(control)) if (control[k].value && !(k === 's' && control[k].value === '3')) h.set(k, control[k].value);
    if (!boxes.every(b => b.checked)) h.set('v', boxes.filter(b => b.checked).map(b => b.value).join(''));
    history.replaceState(null, '', '#' + h.toString());
  }
  function fromHash() {
    const h = new URLSearchParams(location.hash.slice(1));
    const known = [...h.keys()].some(k => k === 'f' || k === 'v' || k in control);
    if (!known) return;
    for (const k of Object.keys(control)) control[k].value = h.get(k) || (k === 's' ? '3' : '');
    for (const b of boxes) b.checked = !h.has('v') || h.get('v').includes(b.value);
    filter();
    const f = h.has('f') && $('f-' + h.get('f'));
    if (f) go(f, true);
  }
  let timer = 0;
  const later = () => { clearTimeout(timer); timer = setTimeout(() => { filter(); toHash(); }, 80); };
  form.addEventListener('input', e => { if (e.target.id !== 'by') later(); });
  form.addEventListener('submit', e => e.preventDefault());
  window.addEventListener('hashchange', fromHash);

  /* ---- keys ---- */
  function go(f, open) {
    const rest = f.closest('.rest');
    if (rest) rest.open = true;
    if (open) f.open = true;
    const s = f.querySelector('summary');
    s.focus({ preventScroll: true });
    f.scrollIntoView({ block: 'start' });
  }
  const now = () => { const a = document.activeElement; return a ? a.closest('.f') : null; };
  function step(by) {
    const seen = all.filter(f => !f.hidden && (!f.closest('.rest') || f.closest('.rest').open));
    const at = seen.indexOf(now());
    const f = seen[at < 0 ? (by > 0 ? 0 : seen.length - 1) : at + by];
    if (f) go(f, false);
  }
  const help = document.createElement('dialog');
  [['j / k', 'next, previous finding'], ['Enter', 'open or close'], ['/', 'search'], ['a / d', 'accept, dismiss'], ['n', 'note'], ['Esc', 'leave the field'], ['?', 'this help']]
    .forEach(([key, text]) => {
      const p = document.createElement('p'), k = document.createElement('kbd');
      k.textContent = key;
      p.append(k, ' ' + text);
      help.append(p);
    });
  document.body.append(help);
  $('help').addEventListener('click', () => help.showModal());
  help.addEventListener('click', () => help.close());
  document.addEventListener('keydown', e => {
    const tag = e.target.tagName;
    if (e.ctrlKey || e.metaKey || e.altKey || help.open) return;
    if (tag === 'INPUT' || tag === 'SELECT' || tag === 'TEXTAREA') { if (e.key === 'Escape') e.target.blur(); return; }
    const f = now();
    if (e.key === 'j') step(1);
    else if (e.key === 'k') step(-1);
    else if (e.key === '/') control.q.focus();
    else if (e.key === '?') help.showModal();
    else if (f && e.key === 'a') mark(f, 'accepted');
    else if (f && e.key === 'd') mark(f, 'dismissed');
    else if (f && e.key === 'n') { f.open = true; tools(f); f.querySelector('.review input').focus(); }
    else return;
    e.preventDefault();
  });

  /* ---- start ---- */
  document.addEventListener('toggle', e => { if (e.target.classList && e.target.classList.contains('f') && e.target.open) tools(e.target); }, true);
  window.addEventListener('beforeprint', () => { for (const r of rests) r.open = true; for (const f of all) if (!f.hidden) f.open = true; });
  form.hidden = false;
  for (const f of all) { if (f.open) tools(f); if (marks[idOf(f)]) show(f); }
  count();
  fromHash();
  window.assay = { exported };
})();
