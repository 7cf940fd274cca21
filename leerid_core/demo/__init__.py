"""The demo schools: two schools with invented pupils, as files a school would upload."""
