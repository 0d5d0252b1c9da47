import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../ui/Button.tsx';
import { toast } from '../../ui/toasts.tsx';

/** A line for the command line, to be copied. */
export function Command({ text, what }: { readonly text: string; readonly what: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Browsers refuse the clipboard on plain HTTP; the line can still be marked and copied by hand.
      toast('This browser does not let the page copy. Mark the line and copy it.', { tone: 'bad' });
    }
  };
  const Icon = copied ? Check : Copy;
  return (
    <div className="flex items-center gap-1 self-start rounded-md bg-sunken border border-line pl-3 min-w-0">
      <code className="font-mono text-sm grow min-w-0 break-words py-1.5">{text}</code>
      <IconButton label={copied ? 'Copied' : `Copy the line that turns on ${what}`} onClick={copy}>
        <Icon size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
