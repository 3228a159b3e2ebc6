import type { InstructionStep } from '../../../../preload/contract/production-shapes.ts';
import { Picture } from '../editor/Picture.tsx';
import { usePicture } from '../editor/use-picture.ts';

/** The picture of a step as it is read; nothing when it has none. */
export function StepPicture({ step, alt }: { step: InstructionStep; alt: string }) {
  const src = usePicture(step.media_file_id);
  if (!src) return null;
  return (
    <div style={{ maxWidth: 560, marginTop: 8 }}>
      <Picture src={src} alt={alt} annotations={step.annotations} />
    </div>
  );
}
