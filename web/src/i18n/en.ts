const en = {
  // The frame
  skip: 'Skip to the content',
  nav: 'Main',
  account: 'Account',
  'nav.feed': 'Feed',
  'nav.me': 'My page',
  'nav.questions': 'Questions',
  'nav.notifications': 'Notifications',
  'nav.settings': 'Settings',
  'nav.status': 'Status',
  signIn: 'Sign in',
  signOut: 'Sign out',
  register: 'Register',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  undo: 'Undo',
  retry: 'Try again',
  'list.more': 'Load more',
  'list.end': 'That is all.',
  'error.unreachable': 'The server cannot be reached.',
  'error.tooMany': { one: 'Too many requests: try again in a second.', other: 'Too many requests: try again in {n} seconds.' },
  'error.page': 'This page could not be loaded.',
  'nothing.title': 'Nothing is here',
  'nothing.text': 'It may have been deleted, or the address is mistyped.',
  'nothing.home': 'To the feed',
  'live.offline': 'You are offline. What you write is sent when you are back.',
  'live.reconnecting': 'Connecting again…',
  'live.upToDate': 'Up to date',
  keys: 'Keyboard',
  'keys.next': 'Next',
  'keys.previous': 'Previous',
  'keys.open': 'Open',
  'keys.new': 'Write',
  'keys.search': 'Search',
  'keys.like': 'Like',
  'keys.load': 'Show new posts',
  'keys.home': 'Feed',
  'keys.questions': 'Questions',
  'keys.notifications': 'Notifications',
  'keys.help': 'This help',

  // Posts and feeds

  // People

  // Questions

  // Search

  // Notifications
  'notifications.unread': { one: '{n} unread', other: '{n} unread' },

  // Settings and sessions

  // Sign in and register

  // Status
};

export default en;
