// Parts of a message other than text: pictures, files, places, the replied message.

import { icon } from "/static/menus.js";
import { element } from "/static/nodes.js";
import { kindWord, showDegrees, showSize, word } from "/static/words.js";

const DRAWN = ["photo", "location", "contact", "voice", "sticker", "document"];

export function thing({ kind, file, place, venue }) {
  if (file?.picture) return picture(file);
  if (kind === "document" && file) return paper(file);
  const drawn = venue ? "location" : kind;
  const label = element("span", "", venue ? `${venue.title} · ${venue.address}` : kindWord(kind));
  const node = element("p", `thing thing-${drawn}`, icon(DRAWN.includes(drawn) ? drawn : "other"), label);
  if (place) node.append(element("span", "degrees", showDegrees(place)));
  return node;
}

function picture(file) {
  const image = element("img", "picture");
  Object.assign(image, { src: file.url, alt: kindWord("photo") });
  return image;
}

function paper(file) {
  const about = element("span", "paper-about", element("strong", "", file.name), element("span", "", showSize(file.size)));
  const link = element("a", "thing paper", icon("document"), about);
  Object.assign(link, { href: file.url, download: file.name });
  link.title = word("download");
  return link;
}

export function quote({ from, text, kind }, bot) {
  const words = text || kindWord(kind);
  return element("p", "quote", element("strong", "", from === "me" ? word("you") : bot), element("span", "", words));
}
