/** Text as it may stand in HTML, between tags or in an attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A page around its content: no script, one style sheet of our own. */
export const htmlPage = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<main id="content">
${content}
</main>
</body>
</html>
`;

/** Headings, paragraphs, lists, code blocks, `code`, **strong** and links: what our pages use. */
export function renderMarkdown(source: string): string {
  const fences = source.replaceAll('\r\n', '\n').split(/^```.*$/m);
  return fences
    .map((part, at) =>
      at % 2 === 1
        ? `<pre tabindex="0"><code>${escapeHtml(part.trim())}</code></pre>`
        : part
            .split(/\n{2,}/)
            .map(block)
            .join('\n'),
    )
    .join('\n');
}

function block(text: string): string {
  const lines = text.trim();
  if (lines === '') return '';
  const heading = /^(#{1,4}) (.*)$/.exec(lines);
  if (heading) {
    const level = heading[1]?.length ?? 1;
    return `<h${level}>${inline(heading[2] ?? '')}</h${level}>`;
  }
  if (lines.startsWith('- ')) {
    const entries = lines.split(/\n?^- /m).slice(1);
    return `<ul>${entries.map((entry) => `<li>${inline(entry)}</li>`).join('')}</ul>`;
  }
  return `<p>${inline(lines)}</p>`;
}

const inline = (text: string): string =>
  escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\[([^\]]+)\]\((\/[^)\s]*|https:\/\/[^)\s]*)\)/g, '<a href="$2">$1</a>');
