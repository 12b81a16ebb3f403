import type { Messages } from './i18n.ts';

const ru: Messages = {
  // The frame
  skip: 'К содержанию',
  nav: 'Разделы',
  account: 'Учётная запись',
  'nav.feed': 'Лента',
  'nav.me': 'Моя страница',
  'nav.questions': 'Вопросы',
  'nav.notifications': 'Уведомления',
  'nav.settings': 'Настройки',
  'nav.status': 'Состояние',
  signIn: 'Войти',
  signOut: 'Выйти',
  register: 'Регистрация',
  close: 'Закрыть',
  cancel: 'Отмена',
  save: 'Сохранить',
  undo: 'Отменить',
  retry: 'Повторить',
  'list.more': 'Показать ещё',
  'list.end': 'Это всё.',
  'error.unreachable': 'Нет связи с сервером.',
  'error.tooMany': {
    one: 'Слишком много запросов: повторите через {n} секунду.',
    few: 'Слишком много запросов: повторите через {n} секунды.',
    many: 'Слишком много запросов: повторите через {n} секунд.',
  },
  'error.page': 'Не удалось загрузить страницу.',
  'nothing.title': 'Здесь ничего нет',
  'nothing.text': 'Возможно, это удалено или в адресе опечатка.',
  'nothing.home': 'К ленте',
  'live.offline': 'Нет сети. Написанное отправится, когда она появится.',
  'live.reconnecting': 'Восстанавливаем связь…',
  'live.upToDate': 'Всё обновлено',
  keys: 'Клавиши',
  'keys.next': 'Следующая запись',
  'keys.previous': 'Предыдущая запись',
  'keys.open': 'Открыть',
  'keys.new': 'Написать',
  'keys.search': 'Поиск',
  'keys.like': 'Нравится',
  'keys.load': 'Показать новые записи',
  'keys.home': 'Лента',
  'keys.questions': 'Вопросы',
  'keys.notifications': 'Уведомления',
  'keys.help': 'Эта справка',

  // Posts and feeds

  // People

  // Questions

  // Search

  // Notifications
  'notifications.unread': { one: '{n} непрочитанное', few: '{n} непрочитанных', many: '{n} непрочитанных' },

  // Settings and sessions

  // Sign in and register

  // Status
};

export default ru;
