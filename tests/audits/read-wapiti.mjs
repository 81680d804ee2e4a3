// What wapiti has found, in lines: node read-wapiti.mjs NAME PREFIX, of PREFIX.json and PREFIX.log.
import { existsSync, readFileSync } from "node:fs";

const [name, prefix] = process.argv.slice(2);
const targets = readFileSync(`${prefix}.log`, "utf8").match(/^\[\+\] (GET|POST|PUT|OPTIONS|TRACE|ABC) /gm)?.length ?? 0;
if (!existsSync(`${prefix}.json`)) {
  console.log(`wapiti, ${name}: no report`);
} else {
  const { vulnerabilities, anomalies, additionals } = JSON.parse(readFileSync(`${prefix}.json`, "utf8"));
  const found = Object.entries({ ...vulnerabilities, ...anomalies, ...additionals }).filter(([, list]) => list.length > 0);
  console.log(`wapiti, ${name}: ${targets} targets, ${found.length === 0 ? "nothing found" : `${found.length} kinds of findings`}`);
  for (const [kind, list] of found) {
    const places = new Map();
    for (const { method, path, parameter, info } of list) {
      const place = `${method} ${path.split("?")[0]} ${parameter ?? ""}: ${info.split("\n")[0]}`;
      places.set(place, (places.get(place) ?? 0) + 1);
    }
    console.log(`  ${list.length} × ${kind}`);
    for (const [place, count] of places) console.log(`      ${count} × ${place}`);
  }
}
