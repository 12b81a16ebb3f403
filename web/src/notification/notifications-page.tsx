export default function Stub() { return <p>notification/notifications-page</p>; }
