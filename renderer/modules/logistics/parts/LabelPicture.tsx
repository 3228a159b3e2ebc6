import '@fontsource/roboto-condensed/latin-700.css';
import '@fontsource/roboto-condensed/latin-ext-700.css';
import classes from './Label.module.css';

/** A label as it prints, drawn from the dots of its printer. */
export function LabelPicture({ svg, name }: { svg: string; name: string }) {
  return (
    <div
      className={classes.paper}
      role="img"
      aria-label={name}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by the station, every text in it is escaped there
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}
