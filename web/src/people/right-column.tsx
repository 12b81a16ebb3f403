export function RightColumn() { return <aside class="beside" />; }
