// Goes through the site as a visitor, an adherent and an agent of the hotline, in Chromium, and looks at every page with pa11y and at some with Lighthouse.
//   node audit.mjs ADDRESS FOLDER
// leaves pa11y.json, lighthouse.json and the cookies of the adherent and the agent, in wapiti's form, in the folder, and prints what was found.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import lighthouse from "lighthouse";
import pa11y from "pa11y";
import puppeteer from "puppeteer";

const [address, folder] = process.argv.slice(2);
const password = "Tilleul-Ardoise-7";
const person = { nir: "1630967482229", serial: "1234567890", email: "fritz.lamy@example.org" };

const visitorPages = [
  "/", "/particulier", "/exploitant", "/employeur", "/partenaire", "/elu-msa", "/votre-msa", "/aide", "/aide/creer-mon-espace", "/aide/messages-frauduleux",
  "/aide/numero-securite-sociale", "/aide/numero-carte-vitale", "/aide/assistance-internet", "/aide/franceconnect", "/actualites", "/actualites/alsace-deux-departements",
  "/recherche", "/recherche?q=mot+de+passe", "/recherche?q=xylophone", "/changer-de-region", "/taille-du-texte", "/verification", "/conditions-generales",
  "/donnees-personnelles", "/mentions-legales", "/accessibilite", "/connexion", "/connexion?Department=67", "/mot-de-passe/oublie", "/mot-de-passe/oublie/envoi",
  "/mot-de-passe/expire", "/adresse-electronique/abime", "/inscription", "/inscription/profil/farmer", "/inscription/abandonner", "/complement-inscription/mode-d-emploi",
  "/deconnexion", "/compte-ferme", "/n-existe-pas", "/erreur/429", "/erreur/503", "/assistance/connexion",
];
const adherentPages = [
  "/espace-prive", "/espace-prive/paiements", "/espace-prive/demandes", "/espace-prive/attestations", "/espace-prive/attestations/paiements", "/espace-prive/documents",
  "/espace-prive/contact", "/mon-compte", "/mon-compte/email", "/mon-compte/telephones", "/mon-compte/adresse", "/mon-compte/reception", "/mon-compte/mot-de-passe",
  "/mon-compte/connexions", "/mon-compte/assistance", "/mon-compte/mes-donnees", "/mon-compte/fermeture", "/mon-compte/fermeture/confirmation",
  "/complement-inscription", "/complement-inscription/departement", "/complement-inscription/code", "/session", "/deconnexion",
];
const agentPages = ["/assistance", "/assistance/session", "/assistance/messages", "/assistance/suivi", "/assistance/journal", "/assistance/mot-de-passe/modifier"];

const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--lang=fr-FR"],
});
const seen = [];
const figures = [];

async function visitor() {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  return { context, page };
}

// What stands in the page now; nothing is fetched anew, so that refusals and steps of a journey are seen as they are.
async function look(page, state) {
  const path = new URL(page.url()).pathname + new URL(page.url()).search;
  const { issues } = await pa11y(page.url(), { browser, page, ignoreUrl: true, standard: "WCAG2AA", runners: ["axe", "htmlcs"], timeout: 60_000 });
  seen.push({ page: state ? `${path} (${state})` : path, issues: issues.map(({ runner, code, message, selector, context }) => ({ runner, code, message, selector, context })) });
}

async function open(page, path) {
  await page.goto(new URL(path, address).href, { waitUntil: "load" });
  await look(page);
}

// Fills in the form in the content and sends it; radios are chosen by their value.
async function send(page, fields = {}, state) {
  await page.evaluate(values => {
    for (const [name, value] of Object.entries(values)) {
      const field = document.querySelector(`main [name="${name}"][type=radio][value="${value}"], main [name="${name}"]:not([type=radio])`);
      if (field.type === "radio" || field.type === "checkbox") field.checked = true;
      else field.value = value;
    }
  }, fields);
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.click("main form[method=post] [type=submit]")]);
  await look(page, state);
}

async function provisional(page) {
  for (let tries = 0; tries < 100; tries++) {
    await page.goto(new URL("/demo/boite-aux-lettres", address).href);
    const found = (await page.$eval("main", main => main.innerText)).match(/mot de passe provisoire[^:]*:\s*(\S+)/i);
    if (found) return found[1];
    await new Promise(later => setTimeout(later, 200));
  }
  throw new Error("No mail with a provisional password came.");
}

// As wapiti reads them.
async function keepCookies(context, name) {
  const cookies = await context.cookies();
  const own = Object.fromEntries(cookies.map(cookie => [cookie.name, { value: cookie.value, expires: null, secure: false, port: null, version: 0 }]));
  writeFileSync(join(folder, `${name}-cookies.json`), JSON.stringify({ [new URL(address).hostname]: { "/": own } }));
}

const isWhole = lhr => !lhr.runtimeError && Object.values(lhr.categories).every(({ score }) => score !== null);

async function measure(path, page) {
  const once = async () => (await lighthouse(new URL(path, address).href, {
    port: new URL(browser.wsEndpoint()).port, output: "json", logLevel: "error", disableStorageReset: true, onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
  }, undefined, page)).lhr;
  let lhr = await once();
  // Chromium sometimes paints nothing while it is measured: that says nothing of the page.
  for (let again = 0; again < 2 && !isWhole(lhr); again++) lhr = await once();
  if (!isWhole(lhr)) throw new Error(`${path} could not be measured: ${lhr.runtimeError?.message ?? "a score is missing"}`);
  figures.push({
    page: path,
    scores: Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round(score * 100)])),
    metrics: Object.fromEntries(["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight"].map(id => [id, lhr.audits[id]?.displayValue])),
    faults: Object.values(lhr.categories).flatMap(category => category.auditRefs)
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => `${id}: ${lhr.audits[id].title}${lhr.audits[id].displayValue ? ` (${lhr.audits[id].displayValue})` : ""}`),
  });
}

const someone = await visitor();
for (const path of visitorPages) await open(someone.page, path);
await open(someone.page, "/connexion");
await send(someone.page, { Identifier: "", Password: "" }, "refused");

const adherent = await visitor();
await open(adherent.page, "/inscription/profil");
await send(adherent.page, {}, "refused");
await send(adherent.page, { Profile: "individual" });
await send(adherent.page, { Nir: "1" }, "refused");
await send(adherent.page, { Nir: person.nir });
await send(adherent.page);
await send(adherent.page, { FamilyName: "", Email: "?" }, "refused");
await send(adherent.page, { FamilyName: "Lamy", GivenName: "Fritz", BirthDay: "12", BirthMonth: "9", BirthYear: "1963", Email: person.email, MobilePhone: "" });
await send(adherent.page, { HealthInsured: "yes" });
await send(adherent.page, { CardKind: "with-photo", CardSerial: "12" }, "refused");
await send(adherent.page, { CardKind: "with-photo", CardSerial: person.serial });
await send(adherent.page);
await send(adherent.page, {}, "refused");
await send(adherent.page, { AcceptTerms: "true" });
const first = await provisional(adherent.page);
await open(adherent.page, "/connexion");
await send(adherent.page, { Identifier: person.nir, Password: first });
await send(adherent.page, { NewPassword: "court", ConfirmPassword: "" }, "refused");
await send(adherent.page, { NewPassword: password, ConfirmPassword: password });
await open(adherent.page, "/premiere-connexion/coordonnees");
await send(adherent.page);
for (const path of adherentPages) await open(adherent.page, path);
await adherent.page.goto(new URL("/espace-prive/contact", address).href);
await send(adherent.page, {}, "refused");
await send(adherent.page, { Topic: "Payments", Message: "Bonjour, quand serai-je payé ?" }, "sent");
await keepCookies(adherent.context, "adherent");

const agent = await visitor();
await agent.page.goto(new URL("/demo/assistance", address).href);
const [login, secret, code] = await agent.page.$$eval("[data-login]", lists => {
  const list = lists.at(-1);
  return [list.dataset.login, list.querySelector("[data-password-of]").textContent, list.querySelector("[data-code-of]").textContent];
});
await open(agent.page, "/assistance/connexion");
await send(agent.page, { Login: login, Password: secret });
await send(agent.page, { Code: code.replaceAll(/\s/g, "") });
for (const path of agentPages) await open(agent.page, path);
await keepCookies(agent.context, "agent");

for (const path of ["/", "/inscription/profil", "/aide", "/aide/creer-mon-espace"]) await measure(path, someone.page);
await measure("/espace-prive", adherent.page);
await browser.close();

writeFileSync(join(folder, "pa11y.json"), JSON.stringify(seen, null, 2));
writeFileSync(join(folder, "lighthouse.json"), JSON.stringify(figures, null, 2));
const kinds = new Map();
for (const { page, issues } of seen) {
  for (const issue of issues) {
    const kind = `${issue.runner} ${issue.code}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), { page, ...issue }]);
  }
}
console.log(`pa11y: ${seen.length} pages and states, ${[...kinds.values()].flat().length} issues of ${kinds.size} kinds`);
for (const [kind, issues] of kinds) {
  console.log(`  ${issues.length} × ${kind}: ${issues[0].message}`);
  for (const page of new Set(issues.map(issue => issue.page))) console.log(`      ${page}`);
}
for (const { page, scores, metrics, faults } of figures) {
  console.log(`Lighthouse ${page}: ${Object.entries({ ...scores, ...metrics }).map(([name, value]) => `${name} ${value}`).join(", ")}`);
  for (const fault of faults) console.log(`  ${fault}`);
}
