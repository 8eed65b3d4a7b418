// Three tables of other trades, made up by rules that a person can read, in shapes that people have:
// a bank's with semicolons, decimal commas, Latin-1 and a copy of the answer; a shop's with tabs and
// dates; an energy supplier's with quotes, gaps and no header.

/** A small generator (Park and Miller), so that the tables are the same everywhere. */
function random(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

const rows = (n, row) => Array.from({ length: n }, (_, at) => row(at));

/** Who is inactive and has one product leaves; `Kündigung` says so afterwards. */
function bank() {
  const next = random(11);
  const lines = rows(600, (at) => {
    const products = 1 + Math.floor(3 * next());
    const active = next() < 0.5;
    const balance = Math.round(100 * 20000 * next()) / 100;
    const leaves = next() < (products === 1 && !active ? 0.75 : 0.1);
    const country = ["Österreich", "Schweiz", "Italien"][Math.floor(3 * next())];
    const money = balance.toFixed(2).replace(".", ",");
    return [at + 1, 15600000 + at * 7, `Müller ${at % 40}`, country, products, active ? 1 : 0, money, leaves ? "ja" : "nein", leaves ? 1 : 0].join(";");
  });
  const text = `Nr;CustomerId;Surname;Land;Produkte;Aktiv;Guthaben;Kündigung;Exited\n${lines.join("\n")}\n`;
  return { name: "bank.csv", mimeType: "text/csv", buffer: Buffer.from(text, "latin1") };
}

/** Who has not bought for long leaves. */
function retail() {
  const next = random(5);
  const lines = rows(500, (at) => {
    const day = 1 + Math.floor(28 * next());
    const month = 1 + Math.floor(12 * next());
    const year = 2019 + Math.floor(5 * next());
    const channel = ["Shop", "App", "Web"][Math.floor(3 * next())];
    const basket = (5 + 95 * next()).toFixed(2);
    const leaves = next() < (year < 2021 ? 0.7 : channel === "App" ? 0.05 : 0.2);
    const note = `asked about order ${Math.floor(300 * next())}`;
    return [`K-${10000 + at}`, `${String(day).padStart(2, "0")}.${String(month).padStart(2, "0")}.${year}`, channel, basket, note, leaves ? "left" : "stayed"].join("\t");
  });
  return { name: "retail.tsv", mimeType: "text/tab-separated-values", buffer: Buffer.from(`customer_id\tlast_purchase\tchannel\tbasket\tnote\tstatus\n${lines.join("\n")}\n`) };
}

/** Who pays much for little use leaves; there is no header, and every eighth consumption is unknown. */
function energy() {
  const next = random(3);
  const lines = rows(400, (at) => {
    const use = Math.round(1000 + 4000 * next());
    const price = (0.2 + 0.3 * next()).toFixed(3);
    const tariff = ["Green, fixed", "Green, free", "Basic"][Math.floor(3 * next())];
    const leaves = next() < (Number(price) > 0.4 ? 0.6 : 0.15);
    return [at % 8 === 0 ? "NA" : use, price, `"${tariff}"`, next() < 0.3 ? "true" : "false", leaves ? 1 : 0].join(",");
  });
  return { name: "energy.csv", mimeType: "text/csv", buffer: Buffer.from(`${lines.join("\r\n")}\r\n`) };
}

module.exports = { bank, retail, energy };
