import type { orders } from '../../../preload/contract/orders.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { checkDraft, checkOrderNumber, suggestBuildNumbers } from './checks.service.ts';
import {
  commentHistory,
  commentPeople,
  deleteComment,
  editComment,
  listComments,
  resolveComment,
  writeComment,
} from './comments.service.ts';
import { answer, copyConfiguration, evaluate, families, form } from './configurator.service.ts';
import { discardDraft, getDraft, listDrafts, saveDraft } from './drafts.service.ts';
import {
  headerSuggestions,
  listOrderIds,
  listOrders,
  orderFacets,
  orderGroups,
} from './order-list.service.ts';
import { orderHistory, orderPage, poPage, whereUsed } from './orders.service.ts';
import { deleteOrder, diffRevisions, listRevisions, revise, updateHeader } from './revisions.service.ts';
import {
  addToCart,
  orderAgain,
  serviceCart,
  setCartLine,
  setCartNotes,
  submitCart,
} from './service-cart.service.ts';
import { serviceCatalogue, serviceItem } from './service-catalogue.service.ts';
import {
  approveServiceOrders,
  cancelServiceOrder,
  fulfilServiceOrder,
  getServiceOrder,
  listServiceOrders,
  rejectServiceOrders,
  serviceFigures,
  setInternalNotes,
} from './service-orders.service.ts';
import { submit } from './submit.service.ts';

export const ordersProcedures: Handlers<typeof orders> = {
  families,
  form,
  evaluate,
  answer,
  listDrafts,
  getDraft,
  saveDraft,
  discardDraft,
  checkDraft,
  suggestBuildNumbers,
  checkOrderNumber,
  headerSuggestions,
  copyConfiguration,
  submit,
  list: listOrders,
  listIds: listOrderIds,
  groups: orderGroups,
  facets: orderFacets,
  get: (ctx, { order_id }) => orderPage(ctx, order_id),
  getPo: (ctx, { order_number }) => poPage(ctx, order_number),
  updateHeader,
  revise,
  listRevisions,
  diffRevisions,
  history: orderHistory,
  deleteOrder,
  whereUsed,
  listComments,
  commentPeople,
  writeComment,
  editComment,
  deleteComment,
  resolveComment,
  commentHistory,
  serviceCatalogue,
  serviceItem,
  serviceCart,
  addToCart,
  setCartLine,
  setCartNotes,
  submitCart,
  listServiceOrders,
  getServiceOrder,
  approveServiceOrders,
  rejectServiceOrders,
  fulfilServiceOrder,
  setInternalNotes,
  cancelServiceOrder,
  orderAgain,
  serviceFigures,
};
