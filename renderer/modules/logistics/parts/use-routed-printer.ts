import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';

/** The system printer this station uses for a document, or the one that steps in while that one cannot print. */
export function useRoutedPrinter(prints: string): string | null {
  const { may } = useMe();
  const { data } = useAsk('logistics.listPrinters', {}, { enabled: may('labels:read') });
  const route = data?.routes.find(one => one.prints === prints);
  const [main, spare] = [route?.printer_id, route?.fallback_printer_id].map(id =>
    data?.printers.find(printer => printer.printer_id === id && printer.is_active),
  );
  return (main ?? spare)?.system_name || null;
}
