Console.WriteLine("HostingPortal");
