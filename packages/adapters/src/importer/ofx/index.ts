import { defineImporter } from '../../importer-kit/index.ts';
import { parseOfx } from './parse-ofx.ts';

export default defineImporter({
  id: 'ofx',
  title: 'OFX, QFX and QBO statements',
  detect: (file) => {
    const head = file.text.slice(0, 16_384);
    return /<OFX[\s>]/i.test(head) ? (/OFXHEADER/i.test(head) ? 1 : 0.8) : 0;
  },
  parse: (file, options) => parseOfx(file.text, options),
});
