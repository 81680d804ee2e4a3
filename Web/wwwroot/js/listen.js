// Comfort only: the page is read aloud by a French voice of the device. Voices that send the text elsewhere are not used: pages tell of payments and addresses.
// What was typed is never read, nor an identifier that the page shows: somebody may be listening.

(() => {
  const speech = window.speechSynthesis;
  const starter = document.querySelector("[data-listen]");
  if (!speech || !starter || !window.SpeechSynthesisUtterance) return;

  const longestPiece = 160; // characters: Chrome falls silent in what takes it more than 15 seconds
  const rates = [["0.75", "Lente"], ["1", "Normale"], ["1.25", "Rapide"], ["1.5", "Très rapide"]];
  const rateKept = "msa-vitesse-lecture";
  const unread = "script, style, noscript, template, svg, input, select, textarea, dialog, [aria-hidden=true]";

  let bar, pauseButton, rateChoice;
  let pieces = []; // { text, element }
  let at = 0;
  let utterance; // the one that is spoken: browsers stop one that nobody holds
  let rate = "1";

  const voice = () => {
    const french = speech.getVoices().filter(v => v.localService && /^fr\b/i.test(v.lang.replace("_", "-")));
    return french.find(v => /^fr.fr$/i.test(v.lang)) ?? french[0];
  };

  const isShown = element => element.checkVisibility
    ? element.checkVisibility({ visibilityProperty: true })
    : element.getClientRects().length > 0;

  // What stands in one block is one paragraph, whatever links and emphasis are in it.
  function paragraphs(root) {
    const found = [];
    let text = "";
    const flush = element => {
      const said = text.replace(/\s+/g, " ").trim();
      if (/[\p{L}\p{N}]/u.test(said)) found.push({ text: said, element });
      text = "";
    };
    const walk = (element, block) => {
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) {
          text += node.data;
        } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(unread) && isShown(node)) {
          if (node.matches(".identifier")) {
            text += " numéro affiché à l'écran ";
          } else if (node.matches("br")) {
            text += " ";
          } else if (node.matches(".visually-hidden") || getComputedStyle(node).display.startsWith("inline")) {
            walk(node, block);
          } else {
            flush(block);
            walk(node, node);
            flush(node);
          }
        } else if (node.nodeType === Node.ELEMENT_NODE && node.matches("[aria-label]:is(input, select, textarea):not([type=hidden])") && isShown(node)) {
          text += ` ${node.getAttribute("aria-label")} `;
        }
      }
    };
    walk(root, root);
    flush(root);
    return found;
  }

  // At the end of a sentence if there is one, else of a clause, else of a word.
  function cut(text) {
    const parts = [];
    while (text.length > longestPiece) {
      const head = text.slice(0, longestPiece + 1);
      const end = [/[.!?…](?=\s)/g, /[,;:](?=\s)/g, /\s/g]
        .map(mark => [...head.matchAll(mark)].at(-1)?.index)
        .find(index => index > 0) ?? longestPiece - 1;
      parts.push(text.slice(0, end + 1).trim());
      text = text.slice(end + 1).trim();
    }
    return [...parts, text].filter(part => part);
  }

  function mark(element) {
    document.querySelector(".is-read")?.classList.remove("is-read");
    if (!element) return;
    element.classList.add("is-read");
    element.scrollIntoView({ block: "center" }); // smoothly or not: style sheets say, as the visitor wishes
  }

  function speak() {
    if (at >= pieces.length) {
      stop();
      return;
    }
    const piece = pieces[at];
    if (pieces[at - 1]?.element !== piece.element || !piece.element.classList.contains("is-read")) mark(piece.element);
    const mine = utterance = new SpeechSynthesisUtterance(piece.text);
    mine.voice = voice() ?? null;
    mine.lang = "fr-FR";
    mine.rate = Number(rate);
    const next = () => {
      if (utterance !== mine) return; // stopped, or spoken again at another speed
      at++;
      speak();
    };
    mine.addEventListener("end", next);
    mine.addEventListener("error", next);
    speech.speak(mine);
  }

  // Not the browser's own pause, from which some do not come back: silence, and the same piece again.
  function hush() {
    utterance = undefined;
    speech.cancel();
  }

  function pauseOrResume() {
    const pausing = utterance !== undefined;
    pauseButton.textContent = pausing ? "Reprendre" : "Pause";
    if (pausing) hush(); else speak();
  }

  function changeRate() {
    rate = rateChoice.value;
    try {
      localStorage.setItem(rateKept, rate);
    } catch {
      // not remembered, then
    }
    if (utterance === undefined) return;
    hush();
    speak();
  }

  function stop() {
    hush();
    mark(null);
    const hadFocus = bar?.contains(document.activeElement);
    bar?.remove();
    bar = undefined;
    starter.setAttribute("aria-expanded", "false");
    if (hadFocus) starter.focus();
  }

  function start() {
    pieces = paragraphs(document.querySelector("main")).flatMap(({ text, element }) => cut(text).map(part => ({ text: part, element })));
    at = 0;
    draw();
    speak();
  }

  function draw() {
    const inner = document.createElement("div");
    const label = document.createElement("label");
    const end = document.createElement("button");
    bar = document.createElement("section");
    pauseButton = document.createElement("button");
    rateChoice = document.createElement("select");
    bar.className = "listening";
    bar.setAttribute("aria-label", "Lecture de la page");
    inner.className = "listening-inner";
    pauseButton.type = end.type = "button";
    pauseButton.className = "button";
    end.className = "button button-secondary";
    pauseButton.textContent = "Pause";
    end.textContent = "Arrêter";
    rateChoice.className = "input";
    rateChoice.append(...rates.map(([value, name]) => new Option(name, value, false, value === rate)));
    label.append("Vitesse", rateChoice);
    inner.append(pauseButton, end, label);
    bar.append(inner);
    pauseButton.addEventListener("click", pauseOrResume);
    end.addEventListener("click", stop);
    rateChoice.addEventListener("change", changeRate);
    bar.addEventListener("keydown", event => {
      if (event.key === "Escape") stop();
    });
    document.querySelector("header").after(bar);
    starter.setAttribute("aria-expanded", "true");
    pauseButton.focus({ preventScroll: true });
  }

  function offer() {
    starter.hidden = !voice();
  }

  try {
    const kept = localStorage.getItem(rateKept);
    if (rates.some(([value]) => value === kept)) rate = kept;
  } catch {
    // the usual speed
  }
  starter.setAttribute("aria-expanded", "false");
  starter.addEventListener("click", () => bar ? stop() : start());
  speech.addEventListener?.("voiceschanged", offer);
  window.addEventListener("pagehide", () => bar && stop());
  offer();
})();
