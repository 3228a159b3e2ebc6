import { MantineProvider } from '@mantine/core';
import i18next from 'i18next';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import { NumberField } from '../../../renderer/ui/NumberField.tsx';

/** A form as the screens have them: it keeps the number, never the text. */
function Form() {
  const [width_mm, setWidth] = useState(101.6);
  return (
    <MantineProvider>
      <NumberField
        label="Width"
        min={5}
        max={300}
        decimalScale={2}
        value={width_mm}
        onChange={value => setWidth(Number(value))}
      />
      <output>{JSON.stringify(width_mm)}</output>
    </MantineProvider>
  );
}
await i18next.use(initReactI18next).init({ lng: location.hash.slice(1), resources: {} });
const place = document.createElement('div');
document.body.append(place);
createRoot(place).render(<Form />);
