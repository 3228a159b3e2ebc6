import { drawingSVG, qrcode } from 'bwip-js/generic';

/** A QR code as vectors, with the quiet zone inside its square. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const svg = qrcode({ bcid: 'qrcode', text, scale: 4, paddingwidth: 8, paddingheight: 8 }, drawingSVG());
  // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by the barcode library, holds shapes only
  return <div role="img" aria-label={label} dangerouslySetInnerHTML={{ __html: svg }} />;
}
