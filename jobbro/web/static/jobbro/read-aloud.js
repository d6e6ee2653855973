// Reads the page aloud, sentence by sentence, with the sentence marked in the text.
"use strict";

(() => {
  const button = document.getElementById("read-aloud");
  const speech = window.speechSynthesis;
  if (!button || !speech) return;

  const language = document.documentElement.lang || "da";
  const label = button.querySelector("[data-label]");
  const blocks = "h1, h2, h3, h4, p, li, dt, dd, th, td, legend, label, summary, figcaption, blockquote";
  const skipped = ".sr-only, [hidden], [aria-hidden='true'], .live, script, style, svg, textarea, select, option";
  let isReading = false;
  let turn = 0;

  const voicesNow = () => speech.getVoices().filter((voice) => voice.lang.toLowerCase().startsWith(language));

  // Browsers fill the list of voices late: wait for it, but not for ever.
  const findVoice = () => new Promise((resolve) => {
    const answer = () => resolve(voicesNow().find((voice) => voice.localService) || voicesNow()[0]);
    if (speech.getVoices().length) { answer(); return; }
    const timer = window.setTimeout(answer, 1500);
    speech.addEventListener("voiceschanged", () => { window.clearTimeout(timer); answer(); }, { once: true });
  });

  const isRead = (node) => {
    const parent = node.parentElement;
    return node.data.trim() && parent.checkVisibility?.() !== false && !parent.closest(skipped);
  };

  const textNodes = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (isRead(walker.currentNode)) found.push(walker.currentNode);
    return found;
  };

  // Text nodes of one block belong together: a sentence may run through a link or a bold word.
  const passages = () => {
    const found = [];
    for (const node of textNodes(document.getElementById("main"))) {
      const block = node.parentElement.closest(blocks) || node.parentElement;
      const last = found.at(-1);
      if (last?.block === block) last.nodes.push(node);
      else found.push({ block, nodes: [node] });
    }
    return found;
  };

  const placeOf = (nodes, offset) => {
    let rest = offset;
    for (const node of nodes) {
      if (rest <= node.length) return [node, rest];
      rest -= node.length;
    }
    return [nodes.at(-1), nodes.at(-1).length];
  };

  const pieces = (text) => {
    if (!window.Intl?.Segmenter) return [{ index: 0, segment: text }];
    return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)];
  };

  const sentencesOf = ({ block, nodes }) => {
    const whole = nodes.map((node) => node.data).join("");
    return pieces(whole).filter((piece) => piece.segment.trim()).map((piece) => {
      const range = document.createRange();
      range.setStart(...placeOf(nodes, piece.index));
      range.setEnd(...placeOf(nodes, piece.index + piece.segment.trimEnd().length));
      return { block, range, text: piece.segment.replace(/\s+/g, " ").trim() };
    });
  };

  const unmark = () => {
    window.CSS?.highlights?.delete("spoken");
    document.querySelectorAll(".is-spoken").forEach((block) => block.classList.remove("is-spoken"));
  };

  const mark = ({ block, range }) => {
    unmark();
    if (window.CSS?.highlights && window.Highlight) window.CSS.highlights.set("spoken", new window.Highlight(range));
    else block.classList.add("is-spoken");
    block.scrollIntoView({ block: "nearest" });
  };

  const stop = () => {
    isReading = false;
    turn += 1;
    speech.cancel();
    unmark();
    label.textContent = button.dataset.start;
  };

  const sayNoVoice = () => {
    const live = document.getElementById("live");
    live.textContent = button.dataset.noVoice;
    live.hidden = false;
    live.scrollIntoView({ block: "nearest" });
  };

  const readFrom = (sentences, place, voice, mine) => {
    if (mine !== turn) return;
    if (place >= sentences.length) { stop(); return; }
    const spoken = new SpeechSynthesisUtterance(sentences[place].text);
    spoken.voice = voice;
    spoken.lang = voice.lang;
    spoken.rate = 0.95;
    spoken.onstart = () => { if (mine === turn) mark(sentences[place]); };
    spoken.onend = () => readFrom(sentences, place + 1, voice, mine);
    spoken.onerror = () => { if (mine === turn) stop(); };
    speech.speak(spoken);
  };

  const start = async () => {
    isReading = true;
    turn += 1;
    const mine = turn;
    label.textContent = button.dataset.stop;
    const voice = await findVoice();
    if (mine !== turn) return;
    if (!voice) { stop(); sayNoVoice(); return; }
    readFrom(passages().flatMap(sentencesOf), 0, voice, mine);
  };

  button.hidden = false;
  button.addEventListener("click", () => { if (isReading) stop(); else start(); });
  window.addEventListener("pagehide", stop);
  document.addEventListener("htmx:beforeSwap", () => { if (isReading) stop(); });
})();
