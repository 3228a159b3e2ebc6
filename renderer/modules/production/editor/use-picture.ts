import type { EditedStep } from '../../../../preload/contract/instruction-editing.ts';
import { ask, upload } from '../../../rpc/client.ts';
import { useFileUrl } from '../../infrastructure/parts/use-file-url.ts';

type FileId = NonNullable<EditedStep['media_file_id']>;
/** Enough for a printed page; a camera gives ten times as much. */
const LONGEST_PX = 1600;

/** The address under which a stored picture can be shown. */
export const usePicture = (file_upload_id: FileId | null): string | null => useFileUrl(file_upload_id).url;

/** Stores a picture, made smaller first when a camera gave more than paper shows. */
export async function storePicture(file: File, step: string): Promise<FileId> {
  const made = await smaller(file);
  const { ticket } = await ask('infrastructure.prepareUpload', {
    original_name: made.name,
    size_bytes: made.size,
  });
  await upload(ticket, made);
  const { file_upload_id } = await ask('infrastructure.registerFile', {
    ticket,
    original_name: made.name,
    links: [{ entity_type: 'work_instruction_steps', entity_id: step, link_role: 'PHOTO' }],
  });
  return file_upload_id;
}
async function smaller(file: File): Promise<File> {
  const bitmap = await createImageBitmap(file);
  const share = LONGEST_PX / Math.max(bitmap.width, bitmap.height);
  if (share >= 1) return file;
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * share), Math.round(bitmap.height * share));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
  return new File([blob], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' });
}
