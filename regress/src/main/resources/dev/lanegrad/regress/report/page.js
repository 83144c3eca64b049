'use strict';
(() => {
  const snapshots = JSON.parse(document.getElementById('data').textContent);
  const from = document.getElementById('from');
  const to = document.getElementById('to');
  const body = document.getElementById('two');

  const time = nanos => {
    const units = ['ps', 'ns', 'µs', 'ms', 's'];
    let value = nanos * 1000;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return value.toFixed(value >= 100 ? 1 : value >= 10 ? 2 : 3) + ' ' + units[unit];
  };

  const cell = (row, text, value, tone) => {
    const td = row.insertCell();
    td.className = tone ? 'n ' + tone : 'n';
    td.dataset.value = value;
    td.textContent = text;
  };

  const show = () => {
    const base = snapshots[from.value].times;
    const head = snapshots[to.value].times;
    body.replaceChildren();
    for (const name of Object.keys(base).filter(n => n in head)) {
      const row = body.insertRow();
      const th = document.createElement('th');
      th.scope = 'row';
      th.textContent = name;
      row.append(th);
      const ratio = head[name].time / base[name].time;
      const apart = head[name].low > base[name].high ? 'doubt' : head[name].high < base[name].low ? 'good' : '';
      cell(row, time(base[name].time), base[name].time);
      cell(row, time(head[name].time), head[name].time);
      cell(row, (ratio >= 1 ? '+' : '') + (100 * (ratio - 1)).toFixed(1) + ' %', ratio, apart);
    }
    if (!body.rows.length) {
      const td = body.insertRow().insertCell();
      td.colSpan = 4;
      td.textContent = 'These two have no benchmark in common.';
    }
  };

  const share = (a, b) => Object.keys(a.times).some(n => n in b.times);

  snapshots.forEach((s, i) => {
    from.add(new Option(s.label, i));
    to.add(new Option(s.label, i));
  });
  let [first, second] = [0, snapshots.length - 1];
  search: for (let j = snapshots.length - 1; j > 0; j--) {
    for (let i = j - 1; i >= 0; i--) {
      if (share(snapshots[i], snapshots[j])) {
        [first, second] = [i, j];
        break search;
      }
    }
  }
  from.value = first;
  to.value = second;
  from.addEventListener('change', show);
  to.addEventListener('change', show);
  show();
})();
