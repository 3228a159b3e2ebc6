import { useAsk } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { useLocalized } from '../../../ui/localized.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** The product families with the version in use. */
export function ModelsScreen() {
  const t = useTexts('catalogue');
  const words = useLocalized();
  const found = useAsk('catalogue.listFamilies', {});
  return (
    <>
      <PageHeader title={t('models.title')} />
      <RefusalNotice failure={found.error} />
      <DataGrid
        id="catalogue.models"
        label={t('models.title')}
        rows={found.data?.families ?? []}
        rowKey={row => row.product_model_id}
        href={row => `/product-models/${row.product_model_id}`}
        columns={[
          { key: 'family', title: t('models.family'), width: 160, value: row => row.family },
          { key: 'name', title: t('models.name'), width: 300, value: row => words(row.name) },
          {
            key: 'version',
            title: t('models.version'),
            width: 90,
            align: 'right',
            value: row => row.model_version,
          },
          {
            key: 'released',
            title: t('models.state'),
            width: 160,
            value: row => t(row.is_released ? 'models.released' : 'models.not_released'),
            render: row => (
              <StatusBadge
                label={t(row.is_released ? 'models.released' : 'models.not_released')}
                color={row.is_released ? 'green' : 'gray'}
                shape={row.is_released ? 'check' : 'ring'}
              />
            ),
          },
          {
            key: 'message',
            title: t('models.message'),
            width: 480,
            value: row => (row.message ? words(row.message) : ''),
          },
        ]}
      />
    </>
  );
}
