export default function Stub() { return <p>search/search-page</p>; }
