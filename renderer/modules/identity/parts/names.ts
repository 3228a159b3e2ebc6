import { useTexts } from '../../../ui/texts.ts';

/** Shipped roles, resources and actions have names in every language; those of the organization keep their own. */
export function useNames() {
  const t = useTexts('identity');
  return {
    role: (code: string, name: string) => t(`role_names.${code}`, { defaultValue: name }),
    resource: (resource: string) =>
      t(`resources.${resource}`, { defaultValue: resource.replaceAll('_', ' ') }),
    action: (action: string) => t(`actions.${action}`, { defaultValue: action.replaceAll('_', ' ') }),
  };
}
